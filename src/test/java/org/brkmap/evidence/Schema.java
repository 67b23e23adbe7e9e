package org.brkmap.evidence;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** docs/evidence.schema.json, applied by a validator that nobody here wrote. */
public final class Schema {
    private static final JsonSchema SCHEMA = load();

    private Schema() {}

    /** What the schema objects to; empty for a valid document. */
    public static List<String> objections(String json) {
        return SCHEMA.validate(json, InputFormat.JSON).stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }

    private static JsonSchema load() {
        try {
            return JsonSchemaFactory.getInstance(VersionFlag.V202012)
                    .getSchema(Files.readString(Path.of("docs", "evidence.schema.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
