package org.brkmap.bench;

import java.io.IOException;
import java.util.List;
import java.util.function.IntConsumer;
import org.brkmap.analyse.Analyser;
import org.brkmap.analyse.Analysis;
import org.brkmap.evidence.EvidenceJson;
import org.brkmap.evidence.RunDocument;
import org.brkmap.model.Observation;
import org.brkmap.observe.Launch;
import org.brkmap.observe.Observer;
import org.brkmap.report.HtmlReport;
import org.brkmap.toolchain.BuildRequest;
import org.brkmap.toolchain.BuiltProgram;

/** What one run of a lab costs: sample-c/alloc_size with ten blocks, from its build, cached, to its evidence and report. */
final class RunCost {
    private static final double TARGET_MILLIS = 50;
    private static final int WARM_UP = 20;

    private final int rounds;
    private final Programs programs;

    RunCost(int rounds, Programs programs) {
        this.rounds = rounds;
        this.programs = programs;
    }

    List<Figure> measure(IntConsumer progress) throws IOException, InterruptedException {
        BuildRequest request = programs.request("alloc_size").define("STEPS", 10);
        for (int i = 0; i < WARM_UP; i++) {
            RunDocument document = document(request);
            EvidenceJson.read(EvidenceJson.write(document));
            HtmlReport.render(document);
        }
        double[] whole = new double[rounds];
        double[] json = new double[rounds];
        double[] read = new double[rounds];
        double[] page = new double[rounds];
        double[] written = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            progress.accept(round + 1);
            RunDocument[] made = new RunDocument[1];
            whole[round] = Timing.millis(() -> made[0] = document(request));
            String[] text = new String[1];
            json[round] = Timing.millis(() -> text[0] = EvidenceJson.write(made[0]));
            read[round] = Timing.millis(() -> EvidenceJson.read(text[0]));
            page[round] = Timing.millis(() -> HtmlReport.render(made[0]));
            written[round] = json[round] + page[round];
        }
        return List.of(
                Figure.of("alloc_size with 10 blocks, launch to evidence in memory", "ms", whole, TARGET_MILLIS),
                Figure.of("  its evidence as JSON", "ms", json, null),
                Figure.of("  its evidence, read from JSON", "ms", read, null),
                Figure.of("  its report as HTML", "ms", page, null),
                Figure.ratio("  evidence and report / the run itself", written, whole, null));
    }

    private RunDocument document(BuildRequest request) throws IOException, InterruptedException {
        BuiltProgram built = programs.build(request);
        Observation observation = Observer.observe(
                Launch.of(built.executable().toString()).builtFrom(built.sources(), built.flags(), built.compiler()));
        Analysis analysis = Analyser.analyse(observation);
        return RunDocument.of(analysis);
    }
}
