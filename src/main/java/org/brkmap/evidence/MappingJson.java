package org.brkmap.evidence;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.brkmap.model.AddressRange;
import org.brkmap.model.Backing;
import org.brkmap.model.Mapping;
import org.brkmap.model.Permissions;
import org.brkmap.model.Role;
import org.brkmap.model.Usage;

/** One mapping: a row of maps with its role, its usage and its pages. */
final class MappingJson {
    private static final Pattern DEVICE = Pattern.compile("([0-9a-f]{1,5}):([0-9a-f]{1,5})");

    private MappingJson() {}

    static void write(JsonWriter out, Mapping mapping, String at) throws IOException {
        Backing backing = mapping.backing();
        out.beginObject();
        out.name("start").value(AddressRange.hex(mapping.range().start()));
        out.name("end").value(AddressRange.hex(mapping.range().end()));
        out.name("perms").value(mapping.permissions().toString());
        out.name("offset").value(backing.offset());
        out.name("device").value(hex2(backing.major()) + ":" + hex2(backing.minor()));
        out.name("inode").value(backing.inode());
        out.name("name").value(backing.name());
        out.name("role").value(mapping.role().name());
        out.name("at").value(at);
        JsonText.orNull(out, "usage", mapping.usage(), MappingJson::writeUsage);
        JsonText.orNull(out, "pages", mapping.pages(), (text, pages) -> text.value(PageText.of(pages)));
        out.endObject();
    }

    /** A row that most checkpoints of a run have. */
    static Mapping shared(JsonNode node) throws EvidenceException {
        return node.once(Mapping.class, MappingJson::read);
    }

    private static Mapping read(JsonNode node) throws EvidenceException {
        JsonFields in = node.fields();
        AddressRange range = new AddressRange(in.hex("start"), in.hex("end"));
        Permissions permissions = in.at("perms").as(perms -> Permissions.parse(perms.text()));
        long offset = in.number("offset");
        Matcher device = DEVICE.matcher(in.text("device"));
        if (!device.matches()) {
            throw in.at("device").wrong("expected a device such as \"fe:00\"");
        }
        Backing backing = new Backing(
                Integer.parseInt(device.group(1), 16),
                Integer.parseInt(device.group(2), 16),
                in.number("inode"),
                offset,
                in.text("name"));
        Role role = in.at("role").oneOf(Role.class);
        in.text("at");
        Mapping mapping = new Mapping(
                range,
                permissions,
                backing,
                role,
                in.at("usage").orNull(MappingJson::readUsage),
                in.at("pages").orNull(pages -> PageText.parse(pages.text())));
        in.end();
        return mapping;
    }

    private static void writeUsage(JsonWriter out, Usage usage) throws IOException {
        out.beginObject();
        out.name("rss").value(usage.rss());
        out.name("pss").value(usage.pss());
        out.name("sharedClean").value(usage.sharedClean());
        out.name("sharedDirty").value(usage.sharedDirty());
        out.name("privateClean").value(usage.privateClean());
        out.name("privateDirty").value(usage.privateDirty());
        out.name("referenced").value(usage.referenced());
        out.name("anonymous").value(usage.anonymous());
        out.name("lazyFree").value(usage.lazyFree());
        out.name("anonymousHuge").value(usage.anonymousHuge());
        out.name("swap").value(usage.swap());
        out.name("locked").value(usage.locked());
        out.endObject();
    }

    private static Usage readUsage(JsonNode node) throws EvidenceException {
        JsonFields in = node.fields();
        Usage usage = new Usage(
                in.number("rss"),
                in.numberOrNull("pss"),
                in.numberOrNull("sharedClean"),
                in.numberOrNull("sharedDirty"),
                in.numberOrNull("privateClean"),
                in.numberOrNull("privateDirty"),
                in.numberOrNull("referenced"),
                in.numberOrNull("anonymous"),
                in.numberOrNull("lazyFree"),
                in.numberOrNull("anonymousHuge"),
                in.numberOrNull("swap"),
                in.numberOrNull("locked"));
        in.end();
        return usage;
    }

    private static String hex2(int number) {
        String digits = Integer.toHexString(number);
        return digits.length() < 2 ? "0" + digits : digits;
    }
}
