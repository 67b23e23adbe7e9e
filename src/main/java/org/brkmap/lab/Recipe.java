package org.brkmap.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How to make one run: which program to build from which source, and how to launch it. Equal recipes are built and
 * observed once. Immutable; every setter returns a copy.
 *
 * @param name what a reader calls the run
 * @param source the C file, relative to the root of the project
 * @param defines macros and their values
 * @param arguments the program's arguments
 * @param environment variables to set beside the clean environment
 * @param kept whether the run stands in the report; a search keeps only the runs that decide it
 */
public record Recipe(
        String name,
        String source,
        Map<String, String> defines,
        List<String> arguments,
        Map<String, String> environment,
        boolean kept) {

    public Recipe {
        defines = Map.copyOf(defines);
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /** A program of one source, run without arguments; Enter is pressed wherever it waits for its terminal. */
    public static Recipe of(String name, String source) {
        return new Recipe(name, source, Map.of(), List.of(), Map.of(), true);
    }

    /** Defines a macro as a whole number. */
    public Recipe define(String macro, long value) {
        return new Recipe(name, source, with(defines, macro, Long.toString(value)), arguments, environment, kept);
    }

    /** Adds arguments of the program. */
    public Recipe arguments(Object... added) {
        List<String> longer = new ArrayList<>(arguments);
        for (Object argument : added) {
            longer.add(String.valueOf(argument));
        }
        return new Recipe(name, source, defines, longer, environment, kept);
    }

    /** Sets a variable of the program's environment. */
    public Recipe environment(String variable, String value) {
        return new Recipe(name, source, defines, arguments, with(environment, variable, value), kept);
    }

    /** Leaves the run out of the report. */
    public Recipe notKept() {
        return new Recipe(name, source, defines, arguments, environment, false);
    }

    /** The file name of the source. */
    String sourceName() {
        return source.substring(source.lastIndexOf('/') + 1);
    }

    private static Map<String, String> with(Map<String, String> map, String key, String value) {
        Map<String, String> larger = new LinkedHashMap<>(map);
        larger.put(key, value);
        return larger;
    }
}
