package org.brkmap.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.brkmap.toolchain.ProjectFiles;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the version the build was made as, the commit of the checkout, and the Java it runs on. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("/brkmap.properties")) {
            if (in != null) {
                properties.load(in);
            }
        }
        return new String[] {
            "brkmap " + properties.getProperty("version", "n/a"),
            "revision "
                    + ProjectFiles.find()
                            .flatMap(project -> GitRevision.of(project.root()))
                            .orElse("n/a"),
            "Java " + System.getProperty("java.version")
        };
    }
}
