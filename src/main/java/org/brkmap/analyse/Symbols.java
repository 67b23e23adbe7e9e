package org.brkmap.analyse;

import java.util.Collection;
import java.util.Map;
import org.brkmap.model.CallSite;

/** Finds function, file and line of places in code whose file and offset are known. */
interface Symbols {
    /** Each place that could be named, with its name; places that could not are absent or unchanged. */
    Map<CallSite, CallSite> resolve(Collection<CallSite> sites);
}
