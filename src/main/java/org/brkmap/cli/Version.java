package org.brkmap.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.brkmap.toolchain.ProjectFiles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the version the build was made as, the commit of the checkout, and the Java it runs on. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        String revision = revision();
        return new String[] {
            "brkmap " + build(),
            "revision " + (revision == null ? "n/a: not run from a git checkout" : revision),
            "Java " + System.getProperty("java.version")
        };
    }

    static Map<String, @Nullable Object> facts() throws IOException {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("schema", "brkmap/version/1");
        facts.put("version", build());
        facts.put("revision", revision());
        facts.put("java", System.getProperty("java.version"));
        return facts;
    }

    private static String build() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("/brkmap.properties")) {
            if (in != null) {
                properties.load(in);
            }
        }
        return properties.getProperty("version", "n/a");
    }

    private static @Nullable String revision() {
        return ProjectFiles.find()
                .flatMap(project -> GitRevision.of(project.root()))
                .orElse(null);
    }
}
