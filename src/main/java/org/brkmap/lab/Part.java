package org.brkmap.lab;

/**
 * A part of an exercise that earns points of its own.
 *
 * @param check throws an {@link AssertionError} unless it holds
 */
public record Part(int points, Runnable check) {
    public static Part of(int points, Runnable check) {
        return new Part(points, check);
    }
}
