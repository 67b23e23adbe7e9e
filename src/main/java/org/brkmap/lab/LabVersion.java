package org.brkmap.lab;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** Which checks a lab has, and which harness runs them, in a word each. */
public final class LabVersion {
    private static final int BYTES = 6;

    private LabVersion() {}

    /**
     * A hash over the lab's checks and starter files: what students edit or leave in its folder does not change it.
     *
     * @throws IOException if there is no such lab, or it cannot be read
     */
    public static String of(Path root, String lab) throws IOException {
        Path folder = root.resolve("labs").resolve(lab);
        if (!Files.isDirectory(folder)) {
            throw new IOException("there is no lab \"" + lab + "\" in " + root.resolve("labs") + "; the labs are: "
                    + String.join(", ", LabCatalogue.ids(root)));
        }
        List<Path> files = new ArrayList<>();
        addFiles(folder, ".java", files);
        addFiles(folder.resolve("starter"), "", files);
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : files) {
                String text =
                        Files.readString(file, StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
                digest.update((folder.relativize(file) + "\n" + text.length() + "\n").getBytes(StandardCharsets.UTF_8));
                digest.update(text.getBytes(StandardCharsets.ISO_8859_1));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The version this harness was built as; {@code n/a} if the build did not say. */
    public static String ofHarness() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = LabVersion.class.getResourceAsStream("/brkmap.properties")) {
            if (in != null) {
                properties.load(in);
            }
        }
        return properties.getProperty("version", "n/a");
    }

    private static void addFiles(Path folder, String ending, List<Path> to) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> Files.isRegularFile(file) && file.toString().endsWith(ending))
                    .sorted()
                    .forEach(to::add);
        }
    }
}
