package org.brkmap.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnsTest {
    private static @Nullable Object json(String text) throws EvidenceException {
        return JsonTree.parse(text.replace('\'', '"')).value();
    }

    private static String packed(@Nullable Object value) {
        return JsonText.of(Columns.of(value));
    }

    private static String unpacked(String packed) throws EvidenceException {
        return JsonText.of(Rows.of(json(packed)));
    }

    private static @Nullable Object inColumns(String column) throws EvidenceException {
        return json("{'a':{'[]':{'x':" + column + "}}}");
    }

    @Test
    void the_forms_are_those_of_the_manual() throws Exception {
        assertThat(
                        unpacked(
                                "{'[]':{'a':{'*':[0,3,5,1]},'b':{'+':[10,1,-2,0]},'c':{'0x':['7f00','10','-f','0']}},'null':[0,3]}"))
                .isEqualTo(("[null,{'a':0,'b':10,'c':'0x7f00'},{'a':0,'b':11,'c':'0x7f10'},null,"
                                + "{'a':0,'b':9,'c':'0x7f01'},{'a':5,'b':9,'c':'0x7f01'}]")
                        .replace('\'', '"'));
    }

    @Test
    void rows_that_are_equal_are_written_once() throws Exception {
        String list = "{'maps':[{'a':1,'b':{'c':2}},{'a':5,'b':null}]},";
        String value = ("[" + list + list + list + "{'maps':[]}]").replace('\'', '"');
        assertThat(packed(json(value)))
                .isEqualTo(
                        "{'[]':{'maps':{'[]':{'a':[1,5],'b':{'[]':{'c':[2]},'null':[1]}},'=':[0,1,0,1,0,1],'#':[2,2,2,0]}}}"
                                .replace('\'', '"'));
        assertThat(unpacked(packed(json(value)))).isEqualTo(value);
    }

    @Test
    void what_is_put_in_columns_comes_back_whatever_it_is() throws Exception {
        Random random = new Random(5);
        for (int i = 0; i < 2000; i++) {
            String value = array(random, 3).toString();
            assertThat(unpacked(packed(json(value)))).isEqualTo(value);
        }
    }

    private static JsonElement array(Random random, int depth) {
        JsonArray array = new JsonArray();
        int kind = random.nextInt(6);
        int members = random.nextInt(4);
        for (int i = random.nextInt(12); i > 0; i--) {
            boolean odd = random.nextInt(40) == 0;
            if (kind > 1 && !odd) {
                JsonObject row = new JsonObject();
                for (int j = 0; j < members; j++) {
                    row.add(
                            "m" + j,
                            depth == 0 || random.nextInt(8) > 0 ? scalar(random, j + kind) : array(random, depth - 1));
                }
                array.add(row);
            } else {
                array.add(scalar(random, kind));
            }
        }
        return array;
    }

    private static JsonElement scalar(Random random, int kind) {
        return switch (random.nextInt(30) == 0 ? random.nextInt(7) : kind % 7) {
            case 0 -> new JsonPrimitive(random.nextInt(3));
            case 1 -> new JsonPrimitive(1000L * random.nextInt(50));
            case 2 -> new JsonPrimitive("0x" + Long.toHexString(random.nextLong()));
            case 3 -> new JsonPrimitive("0x" + Long.toHexString(0x7f00_0000_0000L + 4096L * random.nextInt(9)));
            case 4 -> new JsonPrimitive(random.nextLong());
            case 5 -> JsonNull.INSTANCE;
            default -> new JsonPrimitive(random.nextInt(4) == 0 ? "0" : "text " + random.nextInt(3));
        };
    }

    @Test
    void a_name_of_a_fact_that_looks_like_a_form_is_a_name() throws Exception {
        String facts = "{'facts':{'[]':1,'*':2,'+':'x','0x':null,'null':true}}".replace('\'', '"');
        assertThat(unpacked(packed(json(facts)))).isEqualTo(facts);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'*':[1]}",
                "{'*':[1,0]}",
                "{'*':[1,-4]}",
                "{'*':[1,99999999]}",
                "{'*':[[1],2]}",
                "{'*':[1,'2']}",
                "{'+':[1.5]}",
                "{'+':['1']}",
                "{'0x':['0x12']}",
                "{'0x':[18]}",
                "{'0x':['12345678901234567']}",
                "{'[]':{}}",
                "{'[]':{'a':[1],'b':[1,2]}}",
                "{'[]':{'a':[1]},'null':[3]}",
                "{'[]':{'a':[1]},'null':[1,0]}",
                "{'[]':{'a':[1]},'null':['x']}",
                "{'[]':{'a':[1]},'=':[1]}",
                "{'[]':{'a':[1]},'=':[-1]}",
                "{'[]':{'a':[1]},'=':[null]}",
                "{'[]':{'a':[1]},'=':7}",
                "{'[]':{'a':[[]]},'=':[0]}",
                "{'[]':{'a':{'[]':{'b':[1]},'=':[0,0]}},'=':[0,1]}",
                "{'[]':{'a':[1]},'#':[2]}",
                "{'[]':{'a':[1]},'#':[-1,2]}",
                "{'[]':{'a':[1]},'#':[0]}",
                "{'[]':{'a':[1,2]},'#':'2'}",
                "{}",
                "{'x':[1]}",
                "7",
                "null"
            })
    void columns_that_were_edited_are_refused(String column) {
        assertThatThrownBy(() -> Rows.of(inColumns(column)))
                .isInstanceOf(EvidenceException.class)
                .hasMessageContaining("cut or edited");
    }

    @Test
    void many_rows_in_a_small_text_are_refused_before_they_are_made() {
        assertThatThrownBy(() -> Rows.of(json("[" + "{'[]':{'a':[1]},'=':{'*':[0,999999]}},".repeat(100) + "0]")))
                .isInstanceOf(EvidenceException.class);
    }

    @Test
    void many_repetitions_in_a_small_text_are_refused_before_they_are_made() {
        assertThatThrownBy(() -> Rows.of(json("[" + "{'[]':{'a':{'*':[0,999999]}}},".repeat(100) + "0]")))
                .isInstanceOf(EvidenceException.class);
    }
}
