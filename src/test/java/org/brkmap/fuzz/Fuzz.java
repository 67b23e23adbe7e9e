package org.brkmap.fuzz;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Input as an enemy would make it: something right, with a few things changed. The same seed gives the same input on every
 * machine, so a case that failed is tried again by {@code -Dfuzz.seed=N -Dfuzz.cases=1}.
 */
public final class Fuzz {
    private static final long SEED = Long.getLong("fuzz.seed", 20_261_130);
    private static final int CASES = Integer.getInteger("fuzz.cases", 200);

    /** What has broken readers before, theirs and ours. */
    private static final List<String> PIECES = List.of(
            "",
            "\0",
            "\"",
            "\"\"",
            "'",
            ",",
            ";",
            "=",
            "\\",
            "\\u0000",
            "\\uD800",
            "\uD800",
            "\uDC00\uD800",
            "\u2028",
            "\ufeff",
            "\r",
            "\n",
            "\r\n",
            "\t",
            "\u001b[2J",
            "<script>alert(1)</script>",
            "</script>",
            "<!--",
            "]]>",
            "&#0;",
            "=cmd|'/c calc'!A1",
            "@SUM(A1)",
            "+1",
            "-1",
            "../../../../etc/passwd",
            "/dev/zero",
            "-rf",
            "%s%n",
            "${jndi:x}",
            "9223372036854775808",
            "-9223372036854775809",
            "1e999",
            "1E400000000",
            "NaN",
            "0x",
            "0xffffffffffffffff",
            "2147483648",
            "999999999999999999999999 days",
            "+999999999-12-31T23:59:59Z",
            "\u202e",
            "\u0130",
            "i\u0307".repeat(40),
            "a".repeat(70_000));

    private final Random chance;

    private Fuzz(long seed) {
        this.chance = new Random(seed);
    }

    /** What is tried with one case. */
    public interface Trial {
        void with(Fuzz fuzz) throws Exception;
    }

    /**
     * Tries as many cases as are asked for.
     *
     * @param share of them, for what takes long: 0.1 for a tenth; at least one is tried
     */
    public static void each(double share, Trial trial) {
        for (int i = 0; i < Math.max(1, CASES * share); i++) {
            long seed = SEED + i;
            try {
                trial.with(new Fuzz(seed));
            } catch (Exception | StackOverflowError | OutOfMemoryError | AssertionError e) {
                throw new AssertionError("-Dfuzz.seed=" + seed + " -Dfuzz.cases=1: " + e, e);
            }
        }
    }

    public int below(int bound) {
        return chance.nextInt(bound);
    }

    /** One of these. */
    public <T> T pick(List<T> all) {
        return all.get(below(all.size()));
    }

    /** A piece of text that readers have stumbled over. */
    public String piece() {
        return pick(PIECES);
    }

    /** The text with one to four pieces put in, taken out or doubled. */
    public String text(String right) {
        StringBuilder text = new StringBuilder(right);
        for (int i = 0; i <= below(4); i++) {
            int from = below(text.length() + 1);
            int to = Math.min(text.length(), from + below(40));
            switch (below(5)) {
                case 0 -> text.insert(from, piece());
                case 1 -> text.replace(from, to, piece());
                case 2 -> text.delete(from, to);
                case 3 -> text.insert(from, text.substring(from, to));
                default -> text.setLength(below(3) == 0 ? from : text.length());
            }
        }
        return text.toString();
    }

    /** The bytes with some of them changed, cut out, doubled, or missing at the end. */
    public byte[] bytes(byte[] right) {
        byte[] bytes = right.clone();
        for (int i = 0; i <= below(6) && bytes.length > 0; i++) {
            int at = below(bytes.length);
            switch (below(5)) {
                case 0 -> bytes[at] ^= (byte) (1 << below(8));
                case 1 -> bytes[at] = (byte) below(256);
                case 2 -> bytes = Arrays.copyOf(bytes, at);
                case 3 -> bytes = moved(bytes, at, Math.min(bytes.length, at + below(100)), 0);
                default -> bytes = moved(bytes, at, Math.min(bytes.length, at + below(100)), 2);
            }
        }
        return bytes;
    }

    /** The bytes with a part of them so many times. */
    private static byte[] moved(byte[] bytes, int from, int to, int times) {
        byte[] moved = new byte[bytes.length + (times - 1) * (to - from)];
        System.arraycopy(bytes, 0, moved, 0, from);
        for (int i = 0; i < times; i++) {
            System.arraycopy(bytes, from, moved, from + i * (to - from), to - from);
        }
        System.arraycopy(bytes, to, moved, from + times * (to - from), bytes.length - to);
        return moved;
    }

    /** The JSON with one to three values replaced, dropped, renamed or doubled. */
    public JsonElement json(JsonElement right) {
        JsonElement json = right.deepCopy();
        for (int i = 0; i <= below(3); i++) {
            List<Consumer<JsonElement>> places = new ArrayList<>();
            List<JsonElement> values = new ArrayList<>();
            collect(json, places, values);
            if (places.isEmpty()) {
                return value(json);
            }
            int at = below(places.size());
            places.get(at).accept(value(values.get(at)));
        }
        return json;
    }

    private void collect(JsonElement at, List<Consumer<JsonElement>> places, List<JsonElement> values) {
        if (at instanceof JsonObject object) {
            for (String name : List.copyOf(object.keySet())) {
                places.add(value -> {
                    object.remove(name);
                    if (below(4) > 0) {
                        object.add(below(12) == 0 ? piece() : name, value);
                    }
                });
                values.add(object.get(name));
                collect(object.get(name), places, values);
            }
        } else if (at instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                places.add(value -> {
                    switch (below(5)) {
                        case 0 -> array.remove(index);
                        case 1 -> array.add(value);
                        default -> array.set(index, value);
                    }
                });
                values.add(array.get(i));
                collect(array.get(i), places, values);
            }
        }
    }

    private JsonElement value(JsonElement before) {
        return switch (below(8)) {
            case 0 -> JsonNull.INSTANCE;
            case 1 -> new JsonPrimitive(piece());
            case 2 -> new JsonPrimitive(number());
            case 3 -> new JsonPrimitive(below(2) == 0);
            case 4 -> nested(1 + below(60));
            case 5 -> new JsonObject();
            case 6 -> many(before);
            default ->
                before instanceof JsonPrimitive one && one.isString()
                        ? new JsonPrimitive(text(one.getAsString()))
                        : new JsonArray();
        };
    }

    private Number number() {
        return pick(List.<Number>of(
                0, -1, 1, 0.5, -0.0, 1e300, Long.MAX_VALUE, Long.MIN_VALUE, Integer.MAX_VALUE, 1L << 53, 4096, 300));
    }

    private static JsonElement nested(int depth) {
        JsonElement inner = new JsonArray();
        for (int i = 0; i < depth; i++) {
            JsonArray outer = new JsonArray();
            outer.add(inner);
            inner = outer;
        }
        return inner;
    }

    private JsonElement many(JsonElement one) {
        JsonArray many = new JsonArray();
        int count = 1 + below(2000);
        for (int i = 0; i < count && one.toString().length() < 2000; i++) {
            many.add(one.deepCopy());
        }
        return many;
    }
}
