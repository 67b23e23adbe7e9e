package org.brkmap.evidence;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A JSON value that knows its place in the document, read strictly: what it is not, it does not become. Not thread-safe. */
public final class JsonNode {
    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,18})");
    private static final Pattern HEX = Pattern.compile("0x(0|[1-9a-f][0-9a-f]{0,15})");

    /** How one value is read. */
    public interface As<T> {
        T read(JsonNode node) throws EvidenceException;
    }

    private final String path;
    private final JsonElement value;

    JsonNode(String path, JsonElement value) {
        this.path = path;
        this.value = value;
    }

    JsonElement value() {
        return value;
    }

    /** The exception that says what is wrong with this value, and where it is. */
    public EvidenceException wrong(String problem) {
        return new EvidenceException(path, problem);
    }

    private EvidenceException expected(String what) {
        String found = value.toString();
        String shown = found.length() > 60 ? found.substring(0, 60) + "…" : found;
        return wrong("expected " + what + ", found " + shown);
    }

    /** The members of an object. */
    public JsonFields fields() throws EvidenceException {
        if (!value.isJsonObject()) {
            throw expected("an object");
        }
        return new JsonFields(path, value.getAsJsonObject());
    }

    /** The items of an array, each read the same way. */
    public <T> List<T> items(As<T> as) throws EvidenceException {
        if (!value.isJsonArray()) {
            throw expected("an array");
        }
        List<T> items = new ArrayList<>(value.getAsJsonArray().size());
        for (JsonElement item : value.getAsJsonArray()) {
            items.add(new JsonNode(path + "[" + items.size() + "]", item).as(as));
        }
        return items;
    }

    /** Reads the value, and names the place of what its type refuses. */
    public <T> T as(As<T> as) throws EvidenceException {
        try {
            return as.read(this);
        } catch (IllegalArgumentException e) {
            throw new EvidenceException(path, String.valueOf(e.getMessage()), e);
        }
    }

    /** Null for null, or else the value. */
    public <T> @Nullable T orNull(As<T> as) throws EvidenceException {
        return value.isJsonNull() ? null : as(as);
    }

    /** A string. */
    public String text() throws EvidenceException {
        if (value instanceof JsonPrimitive primitive && primitive.isString()) {
            return primitive.getAsString();
        }
        throw expected("a string");
    }

    /** True or false. */
    public boolean flag() throws EvidenceException {
        if (value instanceof JsonPrimitive primitive && primitive.isBoolean()) {
            return primitive.getAsBoolean();
        }
        throw expected("true or false");
    }

    /** A whole number of 64 bits. */
    public long number() throws EvidenceException {
        if (value instanceof JsonPrimitive primitive && primitive.isNumber()) {
            String digits = primitive.getAsString();
            if (INTEGER.matcher(digits).matches()) {
                try {
                    return Long.parseLong(digits);
                } catch (NumberFormatException e) {
                    throw new EvidenceException(path, "too large for 64 bits: " + digits, e);
                }
            }
        }
        throw expected("a whole number");
    }

    /** A whole number of 32 bits. */
    public int smallNumber() throws EvidenceException {
        long number = number();
        if (number != (int) number) {
            throw wrong("too large: " + number);
        }
        return (int) number;
    }

    /** An address or a raw argument: {@code "0x7f…"}, unsigned. */
    public long hex() throws EvidenceException {
        String text = text();
        if (!HEX.matcher(text).matches()) {
            throw expected("a hexadecimal string such as \"0x7f00\"");
        }
        return Long.parseUnsignedLong(text, 2, text.length(), 16);
    }

    /** A constant by its name. */
    public <E extends Enum<E>> E oneOf(Class<E> kind) throws EvidenceException {
        String text = text();
        for (E constant : kind.getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        throw expected("one of " + Arrays.toString(kind.getEnumConstants()));
    }

    /** As {@link #oneOf}, of constants that are written in lower case. */
    <E extends Enum<E>> E oneOfLowerCase(Class<E> kind) throws EvidenceException {
        String text = text();
        for (E constant : kind.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
                return constant;
            }
        }
        throw expected("one of " + Arrays.toString(kind.getEnumConstants()).toLowerCase(Locale.ROOT));
    }
}
