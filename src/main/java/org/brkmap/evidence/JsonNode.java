package org.brkmap.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A JSON value that knows its place in the document, read strictly: what it is not, it does not become. Not thread-safe. */
public final class JsonNode {
    /** No longer number has 64 bits. */
    static final int MOST_DIGITS = 19;

    private static final int MOST_HEX = 16;

    /** How one value is read. */
    public interface As<T> {
        T read(JsonNode node) throws EvidenceException;
    }

    private final @Nullable JsonPlace parent;
    private final @Nullable String name;
    private final int index;
    private final @Nullable Object value;

    private JsonNode(@Nullable JsonPlace parent, @Nullable String name, int index, @Nullable Object value) {
        this.parent = parent;
        this.name = name;
        this.index = index;
        this.value = value;
    }

    /** The value of a whole document. */
    static JsonNode root(@Nullable Object value) {
        return new JsonNode(null, null, 0, value);
    }

    /** The value of a member of the object at this place. */
    static JsonNode member(JsonPlace object, String name, @Nullable Object value) {
        return new JsonNode(object, name, 0, value);
    }

    private JsonPlace place() {
        JsonPlace in = parent;
        if (in == null) {
            return JsonPlace.ROOT;
        }
        return name == null ? in.item(index) : in.member(name);
    }

    /** The value itself; {@link JsonMembers} says what it can be. */
    @Nullable Object value() {
        return value;
    }

    /** The exception that says what is wrong with this value, and where it is. */
    public EvidenceException wrong(String problem) {
        return new EvidenceException(place().toString(), problem);
    }

    private EvidenceException expected(String what) {
        String found = JsonText.of(value);
        String shown = found.length() > 60 ? found.substring(0, 60) + "…" : found;
        return wrong("expected " + what + ", found " + shown);
    }

    /** The members of an object. */
    public JsonFields fields() throws EvidenceException {
        if (value instanceof JsonMembers members) {
            return new JsonFields(place(), members);
        }
        throw expected("an object");
    }

    /** The items of an array, each read the same way. */
    public <T> List<T> items(As<T> as) throws EvidenceException {
        if (!(value instanceof List<?> array)) {
            throw expected("an array");
        }
        JsonPlace place = place();
        List<T> items = new ArrayList<>(array.size());
        for (Object item : array) {
            items.add(new JsonNode(place, null, items.size(), item).as(as));
        }
        return items;
    }

    /** Reads the value, and names the place of what its type refuses. */
    public <T> T as(As<T> as) throws EvidenceException {
        try {
            return as.read(this);
        } catch (IllegalArgumentException e) {
            throw new EvidenceException(place().toString(), String.valueOf(e.getMessage()), e);
        }
    }

    /** As {@link #as}, and once for an object that stands in several places; so what it is read as must be immutable. */
    <T> T once(Class<T> kind, As<T> as) throws EvidenceException {
        if (!(value instanceof JsonMembers members)) {
            return as(as);
        }
        T known = members.readAs(kind);
        if (known == null) {
            known = as(as);
            members.keepRead(known);
        }
        return known;
    }

    /** Null for null, or else the value. */
    public <T> @Nullable T orNull(As<T> as) throws EvidenceException {
        return value == null ? null : as(as);
    }

    /** A string. */
    public String text() throws EvidenceException {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof JsonHex address) {
            return address.toString();
        }
        throw expected("a string");
    }

    /** True or false. */
    public boolean flag() throws EvidenceException {
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw expected("true or false");
    }

    /** A whole number of 64 bits. */
    public long number() throws EvidenceException {
        if (value instanceof Long number) {
            return number;
        }
        if (value instanceof JsonNumber other && isInteger(other.digits(), MOST_DIGITS)) {
            throw wrong("too large for 64 bits: " + other.digits());
        }
        throw expected("a whole number");
    }

    /** Digits after perhaps a minus, without zeros before them: a document has very many of these. */
    static boolean isInteger(String text, int most) {
        int from = text.startsWith("-") ? 1 : 0;
        int digits = text.length() - from;
        if (digits < 1 || digits > most || (digits > 1 && text.charAt(from) == '0')) {
            return false;
        }
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** Small hexadecimal digits from there on, without zeros before them. */
    static boolean isHex(String text, int from) {
        int digits = text.length() - from;
        if (digits < 1 || digits > MOST_HEX || (digits > 1 && text.charAt(from) == '0')) {
            return false;
        }
        for (int i = from; i < text.length(); i++) {
            char digit = text.charAt(i);
            if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
                return false;
            }
        }
        return true;
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
        if (value instanceof JsonHex address) {
            return address.value();
        }
        String text = text();
        if (!text.startsWith("0x") || !isHex(text, 2)) {
            throw expected("a hexadecimal string such as \"0x7f00\"");
        }
        return JsonHex.parse(text, 2);
    }

    /** A constant by its name. */
    public <E extends Enum<E>> E oneOf(Class<E> kind) throws EvidenceException {
        try {
            return Enum.valueOf(kind, text());
        } catch (IllegalArgumentException none) {
            throw expected("one of " + Arrays.toString(kind.getEnumConstants()));
        }
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
