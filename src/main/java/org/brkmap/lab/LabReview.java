package org.brkmap.lab;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.brkmap.evidence.LabDocument;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/**
 * Makes a lab's checks over the runs in a report, in the place of running programs: questions are drawn anew from the report's seed,
 * answers are judged anew, and what a check finds in a run is found again. Nothing is built, run or written. What the report does
 * not hold (files, a run that was left out, memory) leaves the check {@code NOT_CHECKED}, and the actual value says so. Thread-safe.
 */
public final class LabReview {
    private final Path root;
    private final String lab;
    private final List<Check> checks;

    /** A test method of the lab. */
    private record Check(
            Constructor<?> constructor,
            Method method,
            @Nullable ExerciseInfo exercise,
            String group,
            int groupOrder,
            int order,
            String id,
            String title) {}

    private LabReview(Path root, String lab, List<Check> checks) {
        this.root = root;
        this.lab = lab;
        this.checks = List.copyOf(checks);
    }

    /**
     * The review of one lab's reports.
     *
     * @throws IOException if there is no such lab, or its checks do not compile
     */
    public static LabReview of(Path root, String lab) throws IOException {
        List<Check> checks = new ArrayList<>();
        for (Class<?> type : LabClasses.of(root, lab)) {
            try {
                Constructor<?> constructor = type.getDeclaredConstructor();
                constructor.setAccessible(true);
                Stream.of(type.getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(Test.class))
                        .sorted(Comparator.comparingInt((Method method) -> LabExtension.order(method))
                                .thenComparing(Method::getName))
                        .map(method -> check(type, constructor, method))
                        .forEach(checks::add);
            } catch (NoSuchMethodException e) {
                throw new IOException(type.getName() + " has no constructor without parameters", e);
            }
        }
        return new LabReview(root, lab, checks);
    }

    private static Check check(Class<?> type, Constructor<?> constructor, Method method) {
        method.setAccessible(true);
        return new Check(
                constructor,
                method,
                ExerciseInfo.of(method),
                title(type.getAnnotation(DisplayName.class), type.getSimpleName()),
                LabExtension.order(type),
                LabExtension.order(method),
                LabExtension.id(type, method),
                title(method.getAnnotation(DisplayName.class), method.getName()));
    }

    private static String title(@Nullable DisplayName name, String otherwise) {
        return name == null ? otherwise : name.value();
    }

    /** The report with its checks made anew, in the lab's order. */
    public LabDocument review(LabDocument report) throws IOException {
        AtomicReference<Desk.@Nullable End> end = new AtomicReference<>();
        Desk desk = new Desk(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                judged -> {},
                end::set,
                false,
                ConsoleTree.Detail.ALL,
                Set.of(),
                null,
                report,
                null,
                () -> false);
        try (LabSession session = new LabSession(lab, root, root, desk)) {
            for (Check check : checks) {
                session.add(make(check, session));
            }
        }
        Desk.End found = end.get();
        if (found == null) {
            throw new IOException("the checks of " + lab + " came to no end over this report");
        }
        return found.document();
    }

    private static CheckOutcome make(Check check, LabSession session) {
        Bench bench = session.bench(check.method.toString(), check.exercise);
        Outcomes outcomes = new Outcomes(
                check.group, check.groupOrder, check.order, check.id, check.title, bench, session.progress());
        try {
            LabExtension.begin(session, bench, check.method);
            Object instance = check.constructor.newInstance();
            if (check.method.getParameterCount() == 0) {
                check.method.invoke(instance);
            } else {
                check.method.invoke(instance, bench);
            }
            return outcomes.passed();
        } catch (TestAbortedException e) {
            return outcomes.notChecked(e);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            // A check that looks beyond the report's runs, and breaks, has found another machine there.
            return cause instanceof AssertionError
                    ? outcomes.failed(cause)
                    : outcomes.notChecked(cause == null ? e : cause);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            return outcomes.notChecked(e);
        }
    }
}
