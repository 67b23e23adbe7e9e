package org.brkmap.report;

import java.util.List;
import org.brkmap.model.AddressRange;
import org.brkmap.model.AllocatorCall;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Origin;
import org.brkmap.model.UserCall;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** The calls of a run as tables: what the timeline shows, in words. */
final class EventTable {
    private static final int MOST_ROWS = 400;
    /** On a page of many runs. */
    private static final int MOST_AMONG_RUNS = 60;

    private EventTable() {}

    /**
     * The system calls.
     *
     * @param film says how large the address space was after each, where it is not null
     */
    static Element events(int run, List<MemoryEvent> events, Sources sources, @Nullable Film film) {
        EventRanges ranges = new EventRanges(events);
        Element body = new Element("tbody");
        for (MemoryEvent event : events.subList(0, Math.min(MOST_ROWS, events.size()))) {
            Element row = Html.el(
                    "tr",
                    event.origin() == Origin.LOADER ? "quiet" : null,
                    Html.head("row", "num", Long.toString(event.seq())),
                    Html.el("td", "num", millis(event.nanos())),
                    Html.el("td", "call", Html.code(Syscalls.call(event))),
                    Html.el("td", "result", Html.code(Syscalls.result(event))),
                    Html.el("td", "maker", maker(run, event, sources)),
                    Html.el("td", "num total", Sizes.compact(film == null ? null : film.sizeAfter(event.seq()))));
            body.appendChild(tagged(row, run, event, ranges.of(event), film));
        }
        return table(
                "System calls, by number of the event" + truncation(events.size(), MOST_ROWS),
                body,
                Html.head("col", "num", "Event"),
                Html.head("col", "num", "Time, ms"),
                Html.head("col", null, "System call"),
                Html.head("col", null, "Result"),
                Html.head("col", null, "Made by"),
                Html.head("col", "num", "Address space then"));
    }

    private static Element tagged(
            Element row, int run, MemoryEvent event, @Nullable AddressRange range, @Nullable Film film) {
        Integer frame = film == null ? null : film.frame(event.seq());
        if (frame != null) {
            row.attr("data-frame", frame.toString());
        }
        if (range != null) {
            row.attr("data-range", range.toString());
        }
        return row.attr("id", "r" + run + "-e" + event.seq());
    }

    /** The first calls of the allocator. */
    static Element allocations(int run, List<AllocatorCall> calls, Sources sources, boolean alone) {
        int most = alone ? MOST_ROWS : MOST_AMONG_RUNS;
        Element body = new Element("tbody");
        for (AllocatorCall call : calls.subList(0, Math.min(most, calls.size()))) {
            Long pointer = call.call().pointer();
            body.appendChild(Html.el(
                    "tr",
                    null,
                    Html.head("row", "num", Long.toString(call.serial())),
                    Html.el("td", null, Html.code(Causes.words(call.call()))),
                    Html.el("td", null, Html.code(pointer == null ? "" : "0x" + Long.toHexString(pointer))),
                    Html.el("td", null, Html.code(call.result() == 0 ? "" : "0x" + Long.toHexString(call.result()))),
                    Html.el("td", null, place(run, call.call(), sources))));
        }
        return table(
                "Allocator calls, in order" + truncation(calls.size(), most),
                body,
                Html.head("col", "num", "Call"),
                Html.head("col", null, "Function"),
                Html.head("col", null, "Given"),
                Html.head("col", null, "Returned"),
                Html.head("col", null, "From"));
    }

    private static Element table(String caption, Element body, Object... heads) {
        return Html.scroll(Html.el(
                "table",
                "events",
                Html.el("caption", null, caption),
                Html.el("thead", null, Html.el("tr", null, heads)),
                body));
    }

    private static String truncation(int size, int most) {
        return size <= most ? "" : ": the first " + most + " of " + Sizes.grouped(size) + "; the evidence holds all";
    }

    private static Object maker(int run, MemoryEvent event, Sources sources) {
        UserCall cause = event.cause();
        if (cause != null) {
            return List.of(Html.code(Causes.words(cause)), Html.el("span", null, " "), place(run, cause, sources));
        }
        return switch (event.origin()) {
            case LOADER ->
                event.file() == null
                        ? "the loader"
                        : "the loader, for "
                                + event.file().substring(event.file().lastIndexOf('/') + 1);
            case PROGRAM -> "the program";
            case UNKNOWN -> "not known";
        };
    }

    private static Element place(int run, UserCall call, Sources sources) {
        String place = new Causes.Cause("", null, call.site(), 1).place();
        if (place == null || call.site() == null) {
            return Html.el("span", "quiet", "place not known");
        }
        String href = sources.href(run, call.site());
        return href == null
                ? Html.el("span", "place", place)
                : Html.link(href, place).addClass("place");
    }

    private static String millis(long nanos) {
        long micros = nanos / 1000;
        String rest = Long.toString(micros % 1000);
        return Sizes.grouped(micros / 1000) + "." + "0".repeat(3 - rest.length()) + rest;
    }
}
