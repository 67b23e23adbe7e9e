package org.brkmap.lab;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Order;

/** The labs of a project, and what is in them. Thread-safe. */
public final class LabCatalogue {
    private LabCatalogue() {}

    /** The ids of the labs there are: the folders of labs/ with a handout, in order. */
    public static List<String> ids(Path root) throws IOException {
        Path labs = root.resolve("labs");
        if (!Files.isDirectory(labs)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(labs)) {
            return folders.filter(folder -> Files.exists(folder.resolve("README.md")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    /**
     * A lab and its exercises.
     *
     * @throws IOException if there is no such lab (the message names those there are), or its checks do not compile
     */
    public static LabInfo lab(Path root, String lab) throws IOException {
        List<ExerciseInfo> exercises = new ArrayList<>();
        for (Class<?> type : LabClasses.of(root, lab)) {
            Stream.of(type.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Exercise.class))
                    .sorted(Comparator.comparingInt(LabCatalogue::order).thenComparing(Method::getName))
                    .map(ExerciseInfo::of)
                    .forEach(exercises::add);
        }
        LabReport report = new LabReport(lab, root, root, root);
        return new LabInfo(lab, report.title(), root.resolve("labs").resolve(lab), exercises);
    }

    /** The nearest of the labs' names to one that is none; null if none is near. */
    public static @Nullable String nearest(Path root, String written) throws IOException {
        return Nearest.to(written, ids(root));
    }

    private static int order(Method method) {
        Order order = method.getAnnotation(Order.class);
        return order == null ? Order.DEFAULT : order.value();
    }
}
