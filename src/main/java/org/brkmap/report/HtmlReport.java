package org.brkmap.report;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.brkmap.evidence.CheckResult;
import org.brkmap.evidence.CheckStatus;
import org.brkmap.evidence.EvidenceDocument;
import org.brkmap.evidence.EvidenceIsland;
import org.brkmap.evidence.LabDocument;
import org.brkmap.evidence.RunDocument;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * Renders evidence as one HTML page that needs nothing else: no network, no script, no second file. The same evidence gives the
 * same bytes. All text of the observed program is escaped, made visible and bounded. Thread-safe.
 */
public final class HtmlReport {
    private static final int MOST_FULL_RUNS = 3;

    private HtmlReport() {}

    /** The page for a lab or a single run. */
    public static String render(EvidenceDocument evidence) {
        return render(evidence, () -> EvidenceIsland.element(evidence));
    }

    /** The page for a document that {@link org.brkmap.evidence.EvidenceJson#write} has written already. */
    public static String render(EvidenceDocument evidence, String json) {
        return render(evidence, () -> EvidenceIsland.element(evidence, json));
    }

    private static String render(EvidenceDocument evidence, Supplier<Element> packed) {
        // To pack the evidence takes as long as all the rest, and the one does not need the other.
        CompletableFuture<Element> island = CompletableFuture.supplyAsync(packed);
        Document page = Document.createShell("");
        page.outputSettings().prettyPrint(false).charset(StandardCharsets.UTF_8);
        page.expectFirst("html").attr("lang", "en");
        Element main = new Element("main");
        String title = evidence instanceof LabDocument lab ? lab(main, lab) : run(main, (RunDocument) evidence);
        head(page, title);
        if (evidence instanceof LabDocument lab) {
            describe(page, lab);
        }
        page.body().appendChild(main);
        page.body()
                .appendChild(
                        Html.el(
                                "footer",
                                null,
                                "Made by brkmap from the evidence that this file carries. Nothing was loaded from the network."));
        page.body().appendChild(island.join());
        page.body().appendChild(new Element("script").appendChild(new DataNode(FrontEnd.script())));
        return "<!doctype html>\n" + page.expectFirst("html").outerHtml() + "\n";
    }

    /** What the course's index reads: it stands before the style, so that the index need not read all. */
    private static void describe(Document page, LabDocument lab) {
        RunSection first =
                lab.runs().isEmpty() ? null : new RunSection(0, lab.runs().get(0), new Sources(List.of()));
        Step step = first == null ? null : first.mainStep();
        CourseIndex.describe(
                page,
                lab.title(),
                first == null ? "" : first.headline(),
                lab.score().earned(),
                lab.score().max(),
                Checks.verdict(lab),
                step == null ? null : new MapPicture("small", step, pageSize(lab)));
    }

    private static int pageSize(LabDocument lab) {
        return lab.runs().get(0).observation().host().pageSize();
    }

    /** Everything that stands in the page's head. */
    static void head(Document page, String title) {
        head(page, title, FrontEnd.style());
    }

    /** The same for a page with a style of its own. */
    static void head(Document page, String title, String style) {
        String policy = "default-src 'none'; style-src 'sha256-" + FrontEnd.hash(style) + "'; script-src 'sha256-"
                + FrontEnd.hash(FrontEnd.script()) + "'; base-uri 'none'; form-action 'none'";
        page.head().appendChild(new Element("meta").attr("charset", "utf-8"));
        page.head()
                .appendChild(new Element("meta")
                        .attr("http-equiv", "Content-Security-Policy")
                        .attr("content", policy));
        page.head()
                .appendChild(new Element("meta")
                        .attr("name", "viewport")
                        .attr("content", "width=device-width, initial-scale=1"));
        page.head().appendChild(new Element("meta").attr("name", "color-scheme").attr("content", "light dark"));
        page.title(Visible.line(title, 120) + " · brkmap");
        page.head().appendChild(new Element("style").appendChild(new DataNode(style)));
    }

    private static String run(Element main, RunDocument run) {
        Sources sources = new Sources(List.of(run));
        RunSection section = new RunSection(0, run, sources);
        main.appendChild(Html.el(
                "header",
                null,
                Html.el("p", "kicker", "brkmap · " + Visible.line(run.name(), 80)),
                Html.el("h1", null, Html.headline(section.headline())),
                section.deeds(),
                section.remarks()));
        Element whole = Html.el("div", null).attr("id", RunSection.id(0));
        section.full("h2", true).forEach(whole::appendChild);
        main.appendChild(whole);
        sources(main, sources);
        main.appendChild(section.raw("h2", true));
        return run.name();
    }

    private static String lab(Element main, LabDocument lab) {
        Sources sources = new Sources(lab.runs());
        RunSection first =
                lab.runs().isEmpty() ? null : new RunSection(0, lab.runs().get(0), sources);
        Element header = Html.el(
                "header",
                null,
                Html.el("p", "kicker", "brkmap · " + lab.title()),
                Html.el("h1", null, Html.headline(first == null ? Checks.verdict(lab) : first.headline())));
        if (first != null) {
            first.deeds().forEach(header::appendChild);
            first.remarks().forEach(header::appendChild);
            header.appendChild(Checks.standing(lab));
        }
        lab.checks().stream()
                .filter(check -> check.status() == CheckStatus.FAILED || check.status() == CheckStatus.SKIPPED)
                .findFirst()
                .ifPresent(next -> header.appendChild(next(next)));
        main.appendChild(header);
        if (first != null) {
            main.appendChild(LabParts.first(first));
        }
        if (!lab.checks().isEmpty()) {
            main.appendChild(Checks.section(lab, sources));
        }
        Set<Integer> full = fullRuns(lab);
        if (lab.runs().size() > 1) {
            main.appendChild(LabParts.overview(lab, sources, full));
        }
        for (int i = 1; i < lab.runs().size(); i++) {
            if (full.contains(i)) {
                main.appendChild(LabParts.run(i, lab.runs().get(i), sources));
            }
        }
        if (!lab.facts().isEmpty()) {
            main.appendChild(LabParts.facts(lab));
        }
        sources(main, sources);
        if (first != null) {
            main.appendChild(first.raw("h2", false));
        }
        return lab.lab() + ": " + lab.title();
    }

    private static Element next(CheckResult check) {
        String hint = check.hint() == null ? "" : " " + check.hint();
        String end = check.title().endsWith("?") ? "" : ".";
        return Html.el(
                "p",
                "next",
                Html.el("strong", null, "Next: "),
                Html.link("#" + Checks.id(check), check.title() + end),
                hint);
    }

    /** The first run, and those that failed checks point to, are drawn in full. */
    private static Set<Integer> fullRuns(LabDocument lab) {
        Set<Integer> full = new HashSet<>();
        full.add(0);
        for (CheckResult check : lab.checks()) {
            Integer run = check.run();
            if (check.status() == CheckStatus.FAILED && run != null && full.size() < MOST_FULL_RUNS) {
                full.add(run);
            }
        }
        return full;
    }

    private static void sources(Element main, Sources sources) {
        if (!sources.isEmpty()) {
            main.appendChild(Html.el("section", null, Html.el("h2", null, "The program"), sources.elements()));
        }
    }
}
