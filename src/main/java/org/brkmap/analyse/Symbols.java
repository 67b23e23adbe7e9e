package org.brkmap.analyse;

import java.util.Collection;
import java.util.Map;
import org.brkmap.elf.Symbolizer;
import org.brkmap.model.CallSite;

/** Finds function, file and line of places in code whose file and offset are known. */
interface Symbols {
    /** Each place that could be named, with its name; places that could not are absent or unchanged. */
    Map<CallSite, CallSite> resolve(Collection<CallSite> sites);

    /** By debug information and symbols; of an interrupted thread nothing more is named, and it stays interrupted. */
    static Symbols by(Symbolizer symbolizer) {
        return sites -> {
            try {
                return symbolizer.resolve(sites);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return Map.of();
            }
        };
    }
}
