package org.brkmap.lab;

import java.io.IOException;
import java.io.StringWriter;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Order;

/** The Java classes of a lab's folder, compiled once for each content of theirs. */
final class LabClasses {
    private static final String CACHE = "target/lab-classes";

    /** Whichever Java compiles a lab first, all that brkmap runs on can load it. */
    private static final String RELEASE = "17";

    /** What this JVM has loaded, by its directory, which is named after the content. */
    private static final Map<Path, List<Class<?>>> LOADED = new ConcurrentHashMap<>();

    private LabClasses() {}

    /**
     * The lab's classes of checks, in their order.
     *
     * @throws IOException if there is no such lab, it has no checks, or they do not compile; says which and why
     */
    static List<Class<?>> of(Path root, String lab) throws IOException {
        List<Path> sources = sources(root.resolve("labs").resolve(lab));
        if (sources.isEmpty()) {
            throw new IOException("there is no lab \"" + lab + "\" in " + root.resolve("labs") + "; the labs are: "
                    + String.join(", ", LabCatalogue.ids(root)));
        }
        Path classes = root.resolve(CACHE).resolve(lab + "-" + hash(sources)).toAbsolutePath();
        if (!Files.isDirectory(classes)) {
            compile(sources, classes);
        }
        List<Class<?>> loaded = LOADED.get(classes);
        if (loaded != null) {
            return loaded;
        }
        List<Class<?>> found = new ArrayList<>();
        ClassLoader loader = loader(classes);
        for (Path source : sources) {
            String name = source.getFileName().toString().replaceAll("\\.java$", "");
            try {
                Class<?> type = Class.forName(lab + "." + name, false, loader);
                if (type.isAnnotationPresent(Lab.class)) {
                    found.add(type);
                }
            } catch (ClassNotFoundException e) {
                // package-info.java makes no class.
                if (!name.equals("package-info")) {
                    throw new IOException(source + " holds no class " + lab + "." + name, e);
                }
            }
        }
        found.sort(Comparator.comparingInt(LabClasses::order).thenComparing(Class::getName));
        LOADED.put(classes, List.copyOf(found));
        return found;
    }

    private static int order(Class<?> type) {
        Order order = type.getAnnotation(Order.class);
        return order == null ? Order.DEFAULT : order.value();
    }

    private static List<Path> sources(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    private static String hash(List<Path> sources) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(RELEASE.getBytes(StandardCharsets.UTF_8));
            for (Path source : sources) {
                digest.update(source.getFileName().toString().getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(source));
            }
            // What the checks are compiled against is part of what they become.
            for (Class<?> harness : List.of(Bench.class, Exercise.class, Question.class, Recipe.class)) {
                digest.update(harness.toGenericString().getBytes(StandardCharsets.UTF_8));
                for (var method : Stream.of(harness.getDeclaredMethods())
                        .filter(method -> !method.isSynthetic())
                        .map(Object::toString)
                        .sorted()
                        .toList()) {
                    digest.update(method.getBytes(StandardCharsets.UTF_8));
                }
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void compile(List<Path> sources, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IOException("the checks of a lab must be compiled, and this Java has no compiler; use a JDK");
        }
        Path temporary = Files.createDirectories(classes.resolveSibling(
                classes.getFileName() + "." + ProcessHandle.current().pid()));
        StringWriter words = new StringWriter();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
            boolean done = compiler.getTask(
                            words,
                            files,
                            null,
                            List.of(
                                    "--release",
                                    RELEASE,
                                    "-d",
                                    temporary.toString(),
                                    "-proc:none",
                                    "-nowarn",
                                    "-parameters",
                                    "-g",
                                    "-cp",
                                    System.getProperty("java.class.path", "")),
                            null,
                            files.getJavaFileObjectsFromPaths(sources))
                    .call();
            if (!done) {
                throw new IOException("the checks of this lab do not compile:\n" + words);
            }
        }
        try {
            Files.move(temporary, classes);
        } catch (IOException e) {
            if (!Files.isDirectory(classes)) {
                throw e;
            }
        }
    }

    private static ClassLoader loader(Path classes) {
        try {
            URL url = classes.toUri().toURL();
            return new URLClassLoader(new URL[] {url}, LabClasses.class.getClassLoader());
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(classes.toString(), e);
        }
    }
}
