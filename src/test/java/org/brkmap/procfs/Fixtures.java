package org.brkmap.procfs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/** The captured texts under src/test/resources/procfs; their README.md files say where they come from. */
final class Fixtures {
    static final int SLEEP = 23464;
    static final int REGIONS = 23489;

    private Fixtures() {}

    static Path path(String name) throws IOException {
        try {
            return Path.of(Fixtures.class.getResource("/procfs/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    static ProcFs sleep() throws IOException {
        return ProcFs.at(path("sleep"));
    }

    static ProcFs regions() throws IOException {
        return ProcFs.at(path("regions"));
    }

    static String text(String name) throws IOException {
        return Files.readString(path(name));
    }

    static byte[] bytes(String name) throws IOException {
        return HexFormat.of().parseHex(text(name).replaceAll("\\s", ""));
    }

    static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }
}
