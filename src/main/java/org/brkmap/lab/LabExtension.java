package org.brkmap.lab;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.brkmap.toolchain.ProjectFiles;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;

/**
 * Joins a lab's test classes to one {@link LabSession}, gives each check its {@link Bench}, and notes how it came out.
 */
final class LabExtension
        implements BeforeAllCallback,
                AfterAllCallback,
                BeforeEachCallback,
                ParameterResolver,
                TestExecutionExceptionHandler,
                TestWatcher {
    /** Configuration parameter that names another project than the one around the working directory. */
    static final String ROOT = "brkmap.root";

    /** Configuration parameter that names another directory for reports than target/reports. */
    static final String REPORTS = "brkmap.reports";

    /** System property that Maven sets to the lab it runs. */
    static final String LAB = "brkmap.lab";

    /** Configuration parameter that names the {@link Desk} of the one who runs the lab. */
    static final String DESK = "brkmap.desk";

    private static final Namespace SHARED = Namespace.create(LabExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        session(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        boolean underMaven = !System.getProperty(LAB, "").isEmpty();
        if (underMaven && context.getRequiredTestClass() == outermost(context.getRequiredTestClass())) {
            session(context).refuseWorksheet();
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        begin(session(context), bench(context), context.getRequiredTestMethod());
    }

    /**
     * Leaves an exercise to later if what it builds on is not there yet, or if it would tell what is still asked. A mere check
     * that would tell is made all the same, and keeps what it saw to itself.
     */
    static void begin(LabSession session, Bench bench, Method method) {
        if (session.isAbandoned()) {
            throw new TestAbortedException("nobody waits for it any more");
        }
        ExerciseInfo exercise = bench.exerciseOrNull();
        List<String> shownAfter = new ArrayList<>();
        ShownAfter shown = method.getAnnotation(ShownAfter.class);
        if (shown != null) {
            shownAfter.addAll(List.of(shown.value()));
        }
        if (exercise != null) {
            shownAfter.addAll(exercise.shownAfter());
            for (String before : exercise.after()) {
                if (!session.isSolved(before)) {
                    throw new TestAbortedException("it builds on \"" + before + "\", which is not solved yet");
                }
            }
        }
        for (String before : shownAfter) {
            if (!session.isSolved(before) && exercise == null) {
                bench.withhold("shown once \"" + before + "\" is solved");
            } else if (!session.isSolved(before)) {
                throw new NotStarted("shown once \"" + before + "\" is solved: it would give the answer away");
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Bench.class
                && context.getTestMethod().isPresent();
    }

    @Override
    public Bench resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return bench(context);
    }

    /** Under Maven the tree tells a failure in full, and Maven's own summary below it should not tell it again. */
    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable thrown) throws Throwable {
        if (System.getProperty(LAB, "").isEmpty() || !(thrown instanceof AssertionError)) {
            throw thrown;
        }
        bench(context).failedWith(thrown);
        AssertionError brief = new AssertionError(
                String.valueOf(thrown.getMessage()).strip().lines().findFirst().orElse(""));
        brief.setStackTrace(thrown.getStackTrace());
        throw brief;
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        note(context, outcome -> outcome.passed());
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable thrown) {
        Throwable kept = bench(context).failure();
        Throwable cause = kept == null ? thrown : kept;
        note(context, outcome -> outcome.failed(cause));
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        note(context, outcome -> outcome.notChecked(cause));
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
        note(context, outcome -> outcome.skipped(reason.orElse("disabled")));
    }

    private static void note(ExtensionContext context, Function<Outcomes, CheckOutcome> how) {
        LabSession session = session(context);
        Class<?> group = outermost(context.getRequiredTestClass());
        Outcomes outcomes = new Outcomes(
                groupTitle(context, group),
                order(group),
                context.getTestMethod().map(LabExtension::order).orElse(Order.DEFAULT),
                id(context, group),
                context.getDisplayName(),
                bench(context),
                session.progress());
        session.add(how.apply(outcomes));
    }

    private static Bench bench(ExtensionContext context) {
        return session(context).bench(context.getUniqueId(), ExerciseInfo.of(context.getRequiredTestMethod()));
    }

    private static LabSession session(ExtensionContext context) {
        String lab = AnnotationSupport.findAnnotation(outermost(context.getRequiredTestClass()), Lab.class)
                .map(Lab::value)
                .orElseThrow(() -> new ExtensionConfigurationException(
                        context.getRequiredTestClass().getName() + " is not marked with @Lab"));
        return context.getRoot().getStore(SHARED).getOrComputeIfAbsent(lab, id -> open(id, context), LabSession.class);
    }

    private static LabSession open(String lab, ExtensionContext context) {
        ProjectFiles project = context.getConfigurationParameter(ROOT)
                .map(root -> new ProjectFiles(Path.of(root)))
                .or(ProjectFiles::find)
                .orElseThrow(() -> new ExtensionConfigurationException(
                        "no brkmap project around " + Path.of("").toAbsolutePath()
                                + "; run the lab from the directory that holds brkmap's pom.xml"));
        Path reports = context.getConfigurationParameter(REPORTS)
                .map(Path::of)
                .orElse(project.target().resolve("reports"));
        Desk desk = context.getConfigurationParameter(DESK).map(Desk::byName).orElse(Desk.ofThisProcess());
        return new LabSession(lab, project.root(), reports, desk);
    }

    private static Class<?> outermost(Class<?> type) {
        Class<?> outer = type;
        while (outer.getEnclosingClass() != null && !outer.isAnnotationPresent(Lab.class)) {
            outer = outer.getEnclosingClass();
        }
        return outer;
    }

    private static String groupTitle(ExtensionContext context, Class<?> group) {
        ExtensionContext at = context;
        while (at.getTestMethod().isPresent()
                || at.getTestClass().filter(type -> type == group).isEmpty()) {
            Optional<ExtensionContext> parent = at.getParent();
            if (parent.isEmpty()) {
                return group.getSimpleName();
            }
            at = parent.get();
        }
        return at.getDisplayName();
    }

    static int order(AnnotatedElement element) {
        Order order = element.getAnnotation(Order.class);
        return order == null ? Order.DEFAULT : order.value();
    }

    private static String id(ExtensionContext context, Class<?> group) {
        return id(group, context.getRequiredTestMethod());
    }

    /** The id of a check: the exercise's, or else made of its class and method. */
    static String id(Class<?> group, Method method) {
        Exercise exercise = method.getAnnotation(Exercise.class);
        return exercise == null
                ? group.getSimpleName().replaceAll("Test$", "") + "." + method.getName()
                : exercise.id();
    }
}
