package org.brkmap.lab;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a check that would give away the answer to an exercise: what it sees is kept back until these exercises are solved. An
 * exercise so marked is not put before.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface ShownAfter {
    /** Ids of exercises of the same lab. */
    String[] value();
}
