package org.brkmap.rerun;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.brkmap.grade.Flag;
import org.brkmap.grade.FlagKind;

/**
 * The bytes of a submission, by the names in it: a file, a folder, or a zip archive. Nothing is unpacked to the disk, links are
 * not followed, and names are only ever compared. Bounded: {@value #MOST_BYTES} bytes, {@value #MOST_FILES} files.
 */
final class Parcel {
    private static final int MOST_BYTES = 64 << 20;
    static final int MOST_FILES = 5_000;
    /** The list's end, and the longest comment behind it. */
    private static final int MOST_END_BYTES = 22 + 0xffff;

    /** Some hand in what they have built, too. */
    private static final long MOST_PASSED_OVER = 512L << 20;

    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final List<Flag> flags = new ArrayList<>();
    private final int mostBytes;
    private final long mostPassedOver;
    private long bytes;

    private Parcel(int mostBytes, long mostPassedOver) {
        this.mostBytes = mostBytes;
        this.mostPassedOver = mostPassedOver;
    }

    static Parcel open(Path submission) {
        return open(submission, MOST_BYTES, MOST_PASSED_OVER);
    }

    /** The same with other bounds on what is read, and on what is unpacked to be passed over. */
    static Parcel open(Path submission, int mostBytes, long mostPassedOver) {
        Parcel parcel = new Parcel(mostBytes, mostPassedOver);
        try {
            if (Files.isDirectory(submission, LinkOption.NOFOLLOW_LINKS)) {
                parcel.readFolder(submission);
            } else if (!Files.isRegularFile(submission, LinkOption.NOFOLLOW_LINKS)) {
                parcel.flag(FlagKind.UNREADABLE, "it is no file and no folder, but a link or a device");
            } else if (isZip(submission)) {
                try (InputStream in = Files.newInputStream(submission, LinkOption.NOFOLLOW_LINKS)) {
                    parcel.readZip(in);
                }
                if (!hasEnd(submission)) {
                    parcel.flag(FlagKind.DAMAGED, "the archive was cut off: its list of files is not there");
                }
            } else {
                try (InputStream in = Files.newInputStream(submission, LinkOption.NOFOLLOW_LINKS)) {
                    parcel.add(String.valueOf(submission.getFileName()), in);
                }
            }
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            parcel.flag(FlagKind.UNREADABLE, "it cannot be read: " + e.getMessage());
        }
        return parcel;
    }

    /** By name, with {@code /} between folders, in order. */
    Map<String, byte[]> files() {
        return files;
    }

    List<Flag> flags() {
        return flags;
    }

    /** Over names and bytes; of a single file over its bytes alone. */
    String sha256() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            if (files.size() == 1) {
                return HexFormat.of()
                        .formatHex(digest.digest(files.values().iterator().next()));
            }
            new TreeMap<>(files).forEach((name, content) -> {
                digest.update((name + "\n" + content.length + "\n").getBytes(StandardCharsets.UTF_8));
                digest.update(content);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static boolean isZip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] start = in.readNBytes(4);
            return start.length == 4 && start[0] == 'P' && start[1] == 'K' && start[2] < 8;
        }
    }

    /** Whether a list of files closes the archive, as it must (APPNOTE 4.3.16); nothing in it is believed. */
    private static boolean hasEnd(Path file) throws IOException {
        try (SeekableByteChannel channel =
                Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            channel.position(Math.max(0, channel.size() - MOST_END_BYTES));
            byte[] end = Channels.newInputStream(channel).readNBytes(MOST_END_BYTES);
            return new String(end, StandardCharsets.ISO_8859_1).contains("PK\005\006");
        }
    }

    private void readFolder(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder, 12)) {
            for (Path file : all.sorted().limit(MOST_FILES * 4L).toList()) {
                String name = folder.relativize(file).toString();
                if (Files.isSymbolicLink(file)) {
                    flag(FlagKind.HOSTILE, "a link was left out: " + shown(name));
                } else if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && isWorthReading(name)) {
                    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                        add(name, in);
                    }
                }
            }
        }
    }

    private void readZip(InputStream in) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(in, StandardCharsets.ISO_8859_1)) {
            ZipEntry entry;
            int entries = 0;
            long passedOver = 0;
            // The next entry is found by unpacking the one before to its end, however long that is.
            while (bytes < mostBytes && (entry = zip.getNextEntry()) != null) {
                String name = entry.getName();
                if (++entries > MOST_FILES) {
                    flag(
                            FlagKind.TOO_LARGE,
                            "the archive has more than " + MOST_FILES + " files; the rest was left out");
                    return;
                }
                if (!entry.isDirectory() && isHonest(name) && isWorthReading(name)) {
                    add(name, zip);
                } else {
                    passedOver += passOver(zip, mostPassedOver - passedOver);
                    if (passedOver >= mostPassedOver) {
                        flag(
                                FlagKind.TOO_LARGE,
                                "what is built or hidden in the archive unpacks to more than " + mostPassedOver
                                        + " bytes; from " + shown(name) + " on it was left out");
                        return;
                    }
                }
            }
        }
    }

    private static long passOver(InputStream in, long most) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long passed = 0;
        int count;
        while (passed < most && (count = in.read(buffer)) >= 0) {
            passed += count;
        }
        return passed;
    }

    private boolean isHonest(String name) {
        boolean escapes = name.startsWith("/")
                || name.contains("\\")
                || Stream.of(name.split("/")).anyMatch(part -> part.equals(".."))
                || name.chars().anyMatch(letter -> letter < ' ');
        if (escapes) {
            flag(FlagKind.HOSTILE, "a file of the archive would lie outside of it, and was left out: " + shown(name));
        }
        return !escapes;
    }

    /** What a build or an editor left there is not read. */
    private static boolean isWorthReading(String name) {
        return Stream.of(name.split("/")).noneMatch(List.of("target", ".git", "starter", "__MACOSX")::contains);
    }

    private void add(String name, InputStream in) throws IOException {
        byte[] content = in.readNBytes((int) Math.max(0, mostBytes - bytes) + 1);
        bytes += content.length;
        if (bytes > mostBytes || files.size() >= MOST_FILES) {
            flag(
                    FlagKind.TOO_LARGE,
                    "it has more than " + mostBytes + " bytes or " + MOST_FILES + " files; from " + shown(name)
                            + " on it was left out");
            bytes = mostBytes;
        } else if (files.putIfAbsent(name, content) != null) {
            flag(FlagKind.HOSTILE, "a file is there twice, and the first counts: " + shown(name));
        }
    }

    private void flag(FlagKind kind, String reason) {
        if (flags.size() < 20) {
            flags.add(Flag.of(kind, reason));
        }
    }

    static String shown(String name) {
        String plain = name.replaceAll("[^\\x20-\\x7e]", "?");
        return plain.length() <= 80 ? plain : plain.substring(0, 80) + " ...";
    }
}
