package org.brkmap.evidence;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.time.Duration;
import org.brkmap.model.Ending;
import org.brkmap.model.HostFacts;
import org.brkmap.model.Limits;
import org.brkmap.model.ProgramFacts;
import org.brkmap.model.SourceText;

/** The members {@code host} and {@code program}. */
final class ProgramJson {
    private ProgramJson() {}

    static void writeHost(JsonWriter out, HostFacts host) throws IOException {
        out.beginObject();
        out.name("kernel").value(host.kernel());
        out.name("machine").value(host.machine());
        out.name("libc").value(host.libc());
        out.name("compiler").value(host.compiler());
        out.name("pageSize").value(host.pageSize());
        out.name("aslr").value(host.aslr());
        out.name("transparentHugePages").value(host.transparentHugePages());
        out.name("zeroPage").value(host.zeroPage());
        JsonText.texts(out, "capabilities", host.capabilities());
        out.endObject();
    }

    static HostFacts readHost(JsonNode node) throws EvidenceException {
        JsonFields in = node.fields();
        HostFacts host = new HostFacts(
                in.text("kernel"),
                in.text("machine"),
                in.textOrNull("libc"),
                in.textOrNull("compiler"),
                in.smallNumber("pageSize"),
                in.smallNumberOrNull("aslr"),
                in.textOrNull("transparentHugePages"),
                in.at("zeroPage").orNull(JsonNode::flag),
                in.at("capabilities").items(JsonNode::text));
        in.end();
        return host;
    }

    static void write(JsonWriter out, ProgramFacts program, Ending ending) throws IOException {
        out.beginObject();
        JsonText.texts(out, "argv", program.argv());
        JsonText.array(out, "sources", program.sources(), ProgramJson::writeSource);
        out.name("flags").value(program.flags());
        Limits limits = program.limits();
        out.name("limits").beginObject();
        out.name("wallNanos").value(limits.wallTime().toNanos());
        out.name("outputBytes").value(limits.outputBytes());
        out.name("memoryBytes").value(limits.memoryBytes());
        out.name("processes").value(limits.processes());
        out.endObject();
        out.name("probed").value(program.probed());
        out.name("exit").beginObject();
        out.name("code").value(ending.code());
        out.name("signal").value(ending.signal());
        out.name("endedBy").value(ending.endedBy());
        out.name("detail").value(ending.detail());
        JsonText.orNull(out, "where", ending.where(), CallJson::writeSite);
        out.endObject();
        out.endObject();
    }

    static ProgramFacts read(JsonNode node) throws EvidenceException {
        JsonFields in = node.fields();
        ProgramFacts program = new ProgramFacts(
                in.at("argv").items(JsonNode::text),
                in.at("sources").items(ProgramJson::readSource),
                in.textOrNull("flags"),
                in.at("limits").as(ProgramJson::readLimits),
                in.at("probed").flag());
        in.at("exit");
        in.end();
        return program;
    }

    static Ending readEnding(JsonNode node) throws EvidenceException {
        JsonFields in = node.fields();
        Ending ending = new Ending(
                in.smallNumberOrNull("code"),
                in.textOrNull("signal"),
                in.textOrNull("endedBy"),
                in.textOrNull("detail"),
                in.at("where").orNull(CallJson::readSite));
        in.end();
        int told = (ending.code() == null ? 0 : 1)
                + (ending.signal() == null ? 0 : 1)
                + (ending.endedBy() == null ? 0 : 1);
        if (told != 1) {
            throw node.wrong("exactly one of code, signal and endedBy is not null");
        }
        return ending;
    }

    private static void writeSource(JsonWriter out, SourceText source) throws IOException {
        out.beginObject();
        out.name("name").value(source.name());
        out.name("sha256").value(source.sha256());
        out.name("text").value(source.text());
        out.endObject();
    }

    private static SourceText readSource(JsonNode node) throws EvidenceException {
        JsonFields in = node.fields();
        SourceText source = new SourceText(in.text("name"), in.text("sha256"), in.text("text"));
        in.end();
        return source;
    }

    private static Limits readLimits(JsonNode node) throws EvidenceException {
        JsonFields in = node.fields();
        Limits limits = new Limits(
                Duration.ofNanos(in.number("wallNanos")),
                in.number("outputBytes"),
                in.number("memoryBytes"),
                in.smallNumber("processes"));
        in.end();
        return limits;
    }
}
