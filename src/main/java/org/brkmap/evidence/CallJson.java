package org.brkmap.evidence;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import org.brkmap.model.AllocatorCall;
import org.brkmap.model.CallSite;
import org.brkmap.model.MemoryEvent;
import org.brkmap.model.Origin;
import org.brkmap.model.UserCall;
import org.jspecify.annotations.Nullable;

/** System calls, calls of the C library, and the places they were made from. */
final class CallJson {
    private CallJson() {}

    static void writeEvent(JsonWriter out, MemoryEvent event) throws IOException {
        out.beginObject();
        out.name("seq").value(event.seq());
        out.name("pid").value(event.pid());
        out.name("tid").value(event.tid());
        out.name("nanos").value(event.nanos());
        out.name("call").value(event.call());
        JsonText.array(out, "args", event.args(), (array, arg) -> array.value(JsonText.hex(arg)));
        out.name("result").value(JsonText.hex(event.result()));
        out.name("errno").value(event.errno());
        out.name("instruction").value(JsonText.hex(event.instruction()));
        out.name("path").value(event.file());
        out.name("extent").value(event.extent());
        out.name("origin").value(event.origin().name());
        JsonText.orNull(out, "cause", event.cause(), CallJson::writeCall);
        out.endObject();
    }

    static MemoryEvent readEvent(JsonNode node) throws EvidenceException {
        JsonFields in = node.fields();
        MemoryEvent event = new MemoryEvent(
                in.number("seq"),
                in.smallNumber("pid"),
                in.smallNumber("tid"),
                in.number("nanos"),
                in.text("call"),
                in.at("args").items(JsonNode::hex),
                in.hex("result"),
                in.smallNumberOrNull("errno"),
                in.hex("instruction"),
                in.textOrNull("path"),
                in.numberOrNull("extent"),
                in.at("origin").oneOf(Origin.class),
                in.at("cause").orNull(CallJson::readCall));
        in.end();
        return event;
    }

    static void writeAllocation(JsonWriter out, AllocatorCall allocation) throws IOException {
        out.beginObject();
        out.name("serial").value(allocation.serial());
        out.name("event").value(allocation.afterEvent());
        out.name("pid").value(allocation.pid());
        out.name("tid").value(allocation.tid());
        out.name("result").value(JsonText.hex(allocation.result()));
        out.name("cause");
        writeCall(out, allocation.call());
        out.endObject();
    }

    static AllocatorCall readAllocation(JsonNode node) throws EvidenceException {
        JsonFields in = node.fields();
        AllocatorCall allocation = new AllocatorCall(
                in.number("serial"),
                in.number("event"),
                in.smallNumber("pid"),
                in.smallNumber("tid"),
                in.at("cause").as(CallJson::readCall),
                in.hex("result"));
        in.end();
        return allocation;
    }

    private static void writeCall(JsonWriter out, UserCall call) throws IOException {
        out.beginObject();
        out.name("call").value(call.operation());
        out.name("size").value(call.size());
        out.name("pointer").value(JsonText.hex(call.pointer()));
        writeSiteMembers(out, call.site());
        out.endObject();
    }

    private static UserCall readCall(JsonNode node) throws EvidenceException {
        JsonFields in = node.fields();
        UserCall call = new UserCall(
                in.text("call"), in.numberOrNull("size"), in.hexOrNull("pointer"), readSiteMembers(node, in));
        in.end();
        return call;
    }

    static void writeSite(JsonWriter out, CallSite site) throws IOException {
        out.beginObject();
        writeSiteMembers(out, site);
        out.endObject();
    }

    static CallSite readSite(JsonNode node) throws EvidenceException {
        JsonFields in = node.fields();
        CallSite site = readSiteMembers(node, in);
        in.end();
        if (site == null) {
            throw node.wrong("a place has an address");
        }
        return site;
    }

    private static void writeSiteMembers(JsonWriter out, @Nullable CallSite site) throws IOException {
        out.name("address").value(site == null ? null : JsonText.hex(site.address()));
        out.name("module").value(site == null ? null : site.module());
        out.name("offset").value(site == null ? null : site.offset());
        out.name("function").value(site == null ? null : site.function());
        out.name("file").value(site == null ? null : site.file());
        out.name("line").value(site == null ? null : site.line());
    }

    private static @Nullable CallSite readSiteMembers(JsonNode node, JsonFields in) throws EvidenceException {
        Long address = in.hexOrNull("address");
        String module = in.textOrNull("module");
        Long offset = in.numberOrNull("offset");
        String function = in.textOrNull("function");
        String file = in.textOrNull("file");
        Integer line = in.smallNumberOrNull("line");
        if (address != null) {
            return new CallSite(address, module, offset, function, file, line);
        }
        if (module != null || offset != null || function != null || file != null || line != null) {
            throw node.wrong("a place without an address has nothing else");
        }
        return null;
    }
}
