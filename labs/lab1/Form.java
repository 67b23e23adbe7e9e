package lab1;

import java.util.Locale;
import org.brkmap.analyse.Analysis;
import org.brkmap.lab.Bench;
import org.brkmap.lab.Recipe;
import org.brkmap.model.Snapshot;

/** The four ways to link a program, and hello in each. */
enum Form {
    DYNAMIC("-fPIE", "-pie"),
    NO_PIE("-fno-pie", "-no-pie"),
    STATIC("-fno-pie", "-static"),
    STATIC_PIE("-fPIE", "-static-pie");

    /** What hello has printed when it goes to sleep; its number follows. */
    static final String ASLEEP = "Hello, world!";

    static final String SOURCE = "sample-c/hello/hello.c";

    private final String[] flags;

    Form(String... flags) {
        this.flags = flags;
    }

    String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean isStatic() {
        return this == STATIC || this == STATIC_PIE;
    }

    /** hello as a person at the keyboard would see it: without the malloc probe. */
    Recipe hello() {
        return link("hello, " + title(), SOURCE);
    }

    /** Another program linked so. */
    Recipe link(String name, String source) {
        return Recipe.of(name, source).flags(flags).withoutProbe();
    }

    /** hello's address space while it sleeps. */
    Snapshot asleep(Bench bench) {
        return Maps.at(observe(bench), ASLEEP);
    }

    /** Leaves a check about glibc's way of starting a program unless that is the C library here. */
    static void needGlibc(Bench bench) {
        bench.needsGlibc(DYNAMIC.observe(bench));
    }

    /** One run of hello, the same for all checks. */
    Analysis observe(Bench bench) {
        return bench.observe(hello());
    }
}
