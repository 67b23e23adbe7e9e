package org.brkmap.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How to make one run: which program to build from which source, or which installed one to take, and how to launch it.
 * Equal recipes are built and observed once. Immutable; every setter returns a copy.
 *
 * @param name what a reader calls the run
 * @param source the C file, relative to the root of the project; of an installed program its name or path
 * @param more C files of the same program, after the first; relative to the root as well
 * @param installed whether there is nothing to build
 * @param defines macros and their values
 * @param flags of the compiler and linker, after the default ones
 * @param arguments the program's arguments
 * @param environment variables to set beside the clean environment
 * @param limits options of the shell's ulimit(1p), which starts the program under that limit; empty to inherit the limits
 * @param probed whether the malloc probe is preloaded
 * @param randomised whether addresses are (personality(2))
 * @param anyEnding whether the run counts even if a signal or another status than 0 ends it
 * @param kept whether the run stands in the report; a search keeps only the runs that decide it
 */
public record Recipe(
        String name,
        String source,
        List<String> more,
        boolean installed,
        Map<String, String> defines,
        List<String> flags,
        List<String> arguments,
        Map<String, String> environment,
        String limits,
        boolean probed,
        boolean randomised,
        boolean anyEnding,
        boolean kept) {

    public Recipe {
        more = List.copyOf(more);
        defines = Map.copyOf(defines);
        flags = List.copyOf(flags);
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /** A program of one source, run without arguments; Enter is pressed wherever it waits for its terminal. */
    public static Recipe of(String name, String source) {
        return of(name, source, false);
    }

    /** A program that is there already, by name on the PATH or by path. */
    public static Recipe installed(String name, String program) {
        return of(name, program, true);
    }

    private static Recipe of(String name, String source, boolean installed) {
        return new Recipe(
                name, source, List.of(), installed, Map.of(), List.of(), List.of(), Map.of(), "", true, true, false,
                true);
    }

    /** Adds a source: a program may be made of several. */
    public Recipe with(String added) {
        return new Recipe(
                name,
                source,
                and(more, List.of(added)),
                installed,
                defines,
                flags,
                arguments,
                environment,
                limits,
                probed,
                randomised,
                anyEnding,
                kept);
    }

    /** Defines a macro as a whole number. */
    public Recipe define(String macro, long value) {
        return copy(name, with(defines, macro, Long.toString(value)), flags, arguments, environment);
    }

    /** Adds flags of the compiler and linker, such as {@code -static}. */
    public Recipe flags(String... added) {
        return copy(name, defines, and(flags, List.of(added)), arguments, environment);
    }

    /** Adds arguments of the program. */
    public Recipe arguments(Object... added) {
        List<String> texts = new ArrayList<>();
        for (Object argument : added) {
            texts.add(String.valueOf(argument));
        }
        return copy(name, defines, flags, and(arguments, texts), environment);
    }

    /** Sets a variable of the program's environment. */
    public Recipe environment(String variable, String value) {
        return copy(name, defines, flags, arguments, with(environment, variable, value));
    }

    /** Starts the program from a shell that has set a limit by {@code ulimit} with these options: {@code -S -s 1024}. */
    public Recipe ulimit(String options) {
        return new Recipe(
                name,
                source,
                more,
                installed,
                defines,
                flags,
                arguments,
                environment,
                options,
                probed,
                randomised,
                anyEnding,
                kept);
    }

    /** The same under another name: a run of its own. */
    public Recipe named(String newName) {
        return copy(newName, defines, flags, arguments, environment);
    }

    /** Leaves the malloc probe out: the map is as it is without an observer, and causes are system calls alone. */
    public Recipe withoutProbe() {
        return copy(false, randomised, anyEnding, kept);
    }

    /** Switches address space layout randomisation off. */
    public Recipe withoutRandomisation() {
        return copy(probed, false, anyEnding, kept);
    }

    /** Lets the run count even if the program ends itself with another status than 0 or by a signal. */
    public Recipe withAnyEnding() {
        return copy(probed, randomised, true, kept);
    }

    /** Leaves the run out of the report. */
    public Recipe notKept() {
        return copy(probed, randomised, anyEnding, false);
    }

    /** What may not compile: the sources, with these flags. */
    Object built() {
        return List.of(source, more, flags);
    }

    /** The file name of the source. */
    String sourceName() {
        return source.substring(source.lastIndexOf('/') + 1);
    }

    private Recipe copy(
            String newName,
            Map<String, String> newDefines,
            List<String> newFlags,
            List<String> newArguments,
            Map<String, String> newEnvironment) {
        return new Recipe(
                newName,
                source,
                more,
                installed,
                newDefines,
                newFlags,
                newArguments,
                newEnvironment,
                limits,
                probed,
                randomised,
                anyEnding,
                kept);
    }

    private Recipe copy(boolean newProbed, boolean newRandomised, boolean newAnyEnding, boolean newKept) {
        return new Recipe(
                name,
                source,
                more,
                installed,
                defines,
                flags,
                arguments,
                environment,
                limits,
                newProbed,
                newRandomised,
                newAnyEnding,
                newKept);
    }

    private static List<String> and(List<String> list, List<String> added) {
        List<String> longer = new ArrayList<>(list);
        longer.addAll(added);
        return longer;
    }

    private static Map<String, String> with(Map<String, String> map, String key, String value) {
        Map<String, String> larger = new LinkedHashMap<>(map);
        larger.put(key, value);
        return larger;
    }
}
