package lab3;

import java.util.List;
import java.util.Locale;
import org.brkmap.analyse.Analysis;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Recipe;
import org.brkmap.lab.Space;
import org.brkmap.model.Role;

/** The areas that modify-areas makes larger, each by a switch. */
enum Area {
    TEXT(Role.PROGRAM_TEXT, ".text", "start"),
    RODATA(Role.PROGRAM_RODATA, ".rodata", "start"),
    DATA(Role.PROGRAM_DATA, ".data", "start"),
    BSS(Role.PROGRAM_BSS, ".bss", "start"),
    HEAP(Role.HEAP, null, "heap"),
    STACK(Role.STACK, null, "stack");

    static final String SOURCE = "sample-c/modify-areas/modify-areas.c";

    /** What a switch adds if nothing else is said. */
    static final long AMOUNT = 1 << 20;

    private final Role role;
    private final String section;
    private final String grown;

    Area(Role role, String section, String grown) {
        this.role = role;
        this.section = section;
        this.grown = grown;
    }

    Role role() {
        return role;
    }

    /** The section of the file that it comes from; null if from none. */
    String section() {
        return section;
    }

    /** The checkpoint at which it has its final size. */
    String grown() {
        return grown;
    }

    /** modify-areas without any switch. */
    static Recipe plain() {
        return Recipe.of("modify-areas as it is", SOURCE);
    }

    /** modify-areas with this area made larger by so much. */
    Recipe larger(long amount) {
        return Recipe.of(
                        "modify-areas -D" + name() + ": " + amount + " bytes more " + name().toLowerCase(Locale.ROOT),
                        SOURCE)
                .define(name(), 1)
                .define("AMOUNT", amount);
    }

    /** Bytes that the area has in the map, when it has its final size. */
    long mapped(Analysis run) {
        return Space.bytes(Space.at(run, grown), role);
    }

    /** Bytes of the program's own rows before it has done anything. */
    static long program(Bench bench, Recipe recipe) {
        return Space.bytes(Space.at(bench.observe(recipe), "start"), Role::isProgram);
    }

    static long pageSize(Analysis run) {
        return run.observation().host().pageSize();
    }

    /** The areas that come from sections of the file. */
    static List<Area> ofTheFile() {
        return List.of(TEXT, RODATA, DATA, BSS);
    }
}
