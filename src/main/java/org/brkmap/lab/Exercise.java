package org.brkmap.lab;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.brkmap.evidence.ExerciseKind;

/**
 * Makes a test method of a {@link Lab} an exercise. Its title is the method's {@code @DisplayName}; what it asks and how it
 * is judged stands in the method. A check without this annotation is a proof: it earns nothing.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Exercise {
    /** Its name within the lab: small letters, digits and hyphens. It is also its key in answers.properties. */
    String id();

    ExerciseKind kind();

    /** What it can earn. */
    int points();

    /** Three, each telling more than the one before; none for {@link ExerciseKind#OBSERVE}. */
    String[] hints() default {};

    /** Why it is so, in a few sentences; shown once it is solved. */
    String explanation() default "";

    /** Exercises that must be solved before this one can be judged; until then it is not checked. */
    String[] after() default {};

    /** Exercises whose answer this one would give away; until they are solved it is skipped, and says so. */
    String[] shownAfter() default {};

    /** Whether its points are beyond the core of the lab. */
    boolean extra() default false;

    /** The parts that are answered one by one, each under the key {@code id.part}; none if the exercise is one whole. */
    String[] parts() default {};
}
