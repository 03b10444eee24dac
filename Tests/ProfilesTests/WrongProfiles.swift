import Profiles

extension Wrong {
    static let top = [
        Wrong(
            "unknown key with a near word",
            "name: Test meter",
            "name: Test meter\nmeasure: water",
            ":3:1: measure: unknown key; did you mean \"measures\"?"
        ),
        Wrong(
            "unknown key with none near",
            "name: Test meter",
            "name: Test meter\nvendor: Acme",
            ":3:1: vendor: unknown key; known: caveats, events, measures, modbus, mqtt, name, points, "
                + "profile, send, source, stream, supersedes, variants, vectors"
        ),
        Wrong(
            "id unlike the file's name",
            "profile: test-meter",
            "profile: other-meter",
            ":1:10: profile: the file's name says \"test-meter\"; name both the same"
        ),
        Wrong(
            "id with a capital",
            "profile: test-meter",
            "profile: Test-Meter",
            ":1:10: profile: \"Test-Meter\" is not an id: lower-case letters, digits and \"-\", at most "
                + "48, not beginning with \"-\""
        ),
        Wrong(
            "nothing where the name should be",
            "name: Test meter",
            "name:",
            ":2:6: name: has no value; expected text"
        ),
        Wrong("name missing", "name: Test meter", "caveats: []", ":1:1: \"name\" is missing"),
        Wrong(
            "unknown thing measured",
            "measures: water",
            "measures: wather",
            ":3:11: measures: unknown word \"wather\"; did you mean \"water\"?"
        ),
        Wrong(
            "caveats that are no list",
            "source: a manual",
            "source: a manual\ncaveats: many",
            ":5:10: caveats: expected a list, found \"many\""
        ),
        Wrong(
            "both modbus and mqtt",
            "points:",
            "mqtt:\n  messages: { a: { topic: b } }\npoints:",
            ":9:3: mqtt: a profile has one of \"modbus\", \"mqtt\" and \"stream\"; make two profiles"
        ),
        Wrong(
            "neither modbus nor mqtt",
            "modbus:\n  numbering: from_1\n  word_order: ABCD",
            "caveats: []",
            ":1:1: one of \"modbus\", \"mqtt\" or \"stream\" is missing: how is the device read?"
        ),
        Wrong(
            "events of a Modbus device",
            "points:",
            "events: {}\npoints:",
            ":8:9: events: only MQTT profiles have events; other devices' weighings are made by the " + "indicators"
        ),
        Wrong(
            "vectors that are no list",
            "points:",
            "vectors: 3\npoints:",
            ":8:10: vectors: expected a list, found \"3\""
        ),
    ]

    static let modbus = [
        Wrong(
            "numbering guessed at",
            "  numbering: from_1",
            "  numbering: from_2",
            ":6:14: modbus.numbering: unknown word \"from_2\"; did you mean \"from_0\"?"
        ),
        Wrong("numbering missing", "  numbering: from_1", "  max_gap: 0", ":6:3: modbus: \"numbering\" is missing"),
        Wrong(
            "word order in small letters",
            "  word_order: ABCD",
            "  word_order: abdc",
            ":7:15: modbus.word_order: unknown word \"abdc\"; did you mean \"ABCD\"?"
        ),
        Wrong(
            "baud rate that Linux lacks",
            "  word_order: ABCD",
            "  word_order: ABCD\n  line: { baud: 9601 }",
            ":8:17: modbus.line.baud: 9601 is no baud rate of Linux; known: 300, 600, 1200, 2400, 4800, "
                + "9600, 19200, 38400, 57600, 115200, 230400, 460800, 921600"
        ),
        Wrong(
            "more registers than a request",
            "  word_order: ABCD",
            "  word_order: ABCD\n  max_registers: 126",
            ":8:18: modbus.max_registers: 126 is outside 1 to 125"
        ),
        Wrong(
            "value longer than a request",
            "  word_order: ABCD",
            "  word_order: ABCD\n  max_registers: 1",
            ":11:14: points.flow.holding: takes 2 registers, but one request reads at most 1 " + "(max_registers)",
            ":16:14: points.total.holding: takes 2 registers, but one request reads at most 1 " + "(max_registers)"
        ),
        Wrong(
            "avoided range backwards",
            "  word_order: ABCD",
            "  word_order: ABCD\n  avoid: [\"9-2\"]",
            ":8:11: modbus.avoid.0: expected a register or a range such as \"100-119\", found \"9-2\""
        ),
        Wrong(
            "avoided range without an end",
            "  word_order: ABCD",
            "  word_order: ABCD\n  avoid: [\"9-\"]",
            ":8:11: modbus.avoid.0: expected a register or a range such as \"100-119\", found \"9-\""
        ),
        Wrong(
            "time without a unit",
            "  word_order: ABCD",
            "  word_order: ABCD\n  reply_time: 500",
            ":8:15: modbus.reply_time: expected a time such as 500ms, 5s, 1min or 2h, found \"500\""
        ),
        Wrong(
            "time out of range",
            "  word_order: ABCD",
            "  word_order: ABCD\n  worst_reply: 1h",
            ":8:16: modbus.worst_reply: 1h is outside 1ms to 2min"
        ),
    ]

    static let points = [
        Wrong(
            "point's name with a dash",
            "  flow:",
            "  flow-rate:",
            ":9:3: points.flow-rate: \"flow-rate\" is not a point's name: a-z, 0-9 and _, beginning with " + "a letter"
        ),
        Wrong(
            "point that is a word",
            "  status:\n    holding: 9\n    bits: { ok: 0, step: 8-15 }",
            "  status: 9",
            ":18:11: points.status: expected keys with values, found \"9\""
        ),
        Wrong("no point", text: good.components(before: "points:") + "points: {}\n", ":8:9: points: names no point"),
        Wrong(
            "key of a point misspelt",
            "    publish: L/s",
            "    publsh: L/s",
            ":13:5: points.flow.publsh: unknown key; did you mean \"publish\"?"
        ),
        Wrong(
            "unknown unit",
            "    unit: m3/h",
            "    unit: m3/hor",
            ":12:11: points.flow.unit: unknown unit \"m3/hor\"; did you mean \"m3/h\"? (UCUM codes)"
        ),
        Wrong(
            "units that do not convert",
            "    publish: L/s",
            "    publish: kg",
            ":13:14: points.flow.publish: m3/h cannot become kg; it can become m3/s, m3/min, m3/h, m3/d, "
                + "L/s, L/min, L/h, L/d, mL/min, ML/d, [gal_us]/min"
        ),
        Wrong(
            "publish without unit",
            "    unit: m3/h",
            "    scale: 2",
            ":13:14: points.flow.publish: \"publish\" needs \"unit\": what the device measures in"
        ),
        Wrong(
            "type missing",
            "    type: float32",
            "    scale: 1",
            ":10:5: points.flow: \"type\" is missing: what do the registers hold?"
        ),
        Wrong(
            "type misspelt",
            "    type: float32",
            "    type: flaot32",
            ":11:11: points.flow.type: unknown word \"flaot32\"; did you mean \"float32\"?"
        ),
        Wrong(
            "register missing",
            "    holding: 9",
            "    private: true",
            ":19:5: points.status: where is it? One of holding, input, coil, discrete (a register's "
                + "number), field or weir is missing"
        ),
        Wrong(
            "register in two tables",
            "    holding: 9",
            "    holding: 9\n    input: 9",
            ":20:12: points.status.input: a point is in one table; \"holding\" is given too"
        ),
        Wrong(
            "register 0 of a manual from 1",
            "    holding: 9",
            "    holding: 0",
            ":19:14: points.status.holding: 0 is outside 1 to 65536"
        ),
        Wrong(
            "number beyond 65536",
            "    holding: 9",
            "    holding: 65537",
            ":19:14: points.status.holding: 65537 is outside 1 to 65536"
        ),
        Wrong(
            "value beyond the last address",
            "    holding: 3",
            "    holding: 65536",
            ":15:14: points.total.holding: the value would end beyond the last address"
        ),
        Wrong(
            "register that is text",
            "    holding: 9",
            "    holding: nine",
            ":19:14: points.status.holding: expected a whole number, found \"nine\""
        ),
        Wrong(
            "string without registers",
            "    type: float32\n    unit: m3/h\n    publish: L/s",
            "    type: string",
            ":10:5: points.flow: a string needs \"registers\": how many registers it takes"
        ),
        Wrong(
            "number with registers",
            "    type: float32",
            "    type: float32\n    registers: 2",
            ":12:16: points.flow.registers: only a string has a length; float32 takes 2"
        ),
        Wrong(
            "string with a unit",
            "    type: float32",
            "    type: string\n    registers: 4",
            ":13:11: points.flow.unit: only a number has a unit"
        ),
        Wrong(
            "register that is a bool",
            "    holding: 9\n    bits: { ok: 0, step: 8-15 }",
            "    holding: 9\n    type: bool",
            ":20:11: points.status.type: a register is no bool; use bits, or coil or discrete"
        ),
        Wrong(
            "coil that is a number",
            "    holding: 9\n    bits: { ok: 0, step: 8-15 }",
            "    coil: 9\n    type: int16",
            ":20:11: points.status.type: a coil is a bool"
        ),
        Wrong(
            "bits of a float",
            "    type: float32",
            "    type: float32\n    bits: { a: 1 }",
            ":12:11: points.flow.bits: only a whole number has bits"
        ),
        Wrong(
            "bit beyond the word",
            "    bits: { ok: 0, step: 8-15 }",
            "    bits: { ok: 16 }",
            ":20:11: points.status.bits: ok: bits has bits 0 to 15"
        ),
        Wrong(
            "bits without an end",
            "    bits: { ok: 0, step: 8-15 }",
            "    bits: { ok: 8- }",
            ":20:17: points.status.bits.ok: expected a bit such as 11, or bits such as \"8-15\", found " + "\"8-\""
        ),
        Wrong(
            "bits that are words",
            "    bits: { ok: 0, step: 8-15 }",
            "    bits: { ok: low-3 }",
            ":20:17: points.status.bits.ok: expected a bit such as 11, or bits such as \"8-15\", found " + "\"low-3\""
        ),
        Wrong(
            "range backwards",
            "    publish: L/s",
            "    range: [5, 1]",
            ":13:12: points.flow.range: expected the least and the greatest value, such as [0, 100]"
        ),
        Wrong(
            "range of three",
            "    publish: L/s",
            "    range: [1, 2, 3]",
            ":13:12: points.flow.range: expected the least and the greatest value, such as [0, 100]"
        ),
        Wrong(
            "scale of nothing",
            "    publish: L/s",
            "    scale: 0",
            ":13:12: points.flow.scale: a scale of 0 makes every value 0"
        ),
        Wrong(
            "scale that is text",
            "    publish: L/s",
            "    scale: ten",
            ":13:12: points.flow.scale: expected a number, found \"ten\""
        ),
        Wrong(
            "decimals beyond 9",
            "    publish: L/s",
            "    decimals: 10",
            ":13:15: points.flow.decimals: 10 is outside 0 to 9"
        ),
        Wrong(
            "private that is yes",
            "    publish: L/s",
            "    private: yes",
            ":13:14: points.flow.private: expected true or false, found \"yes\""
        ),
        Wrong(
            "16-bit counter without max_rate",
            "    type: uint32",
            "    type: uint16\n    counter: { bits: 16 }",
            ":17:14: points.total.counter: \"max_rate\" is required for 16 bits: they wrap too soon to guess"
        ),
        Wrong(
            "counter wider than its type",
            "    type: uint32",
            "    type: uint32\n    counter: { bits: 64 }",
            ":17:22: points.total.counter.bits: 64 bits do not fit uint32"
        ),
        Wrong(
            "max_rate of nothing",
            "    type: uint32",
            "    type: uint32\n    counter: { bits: 32, max_rate: 0 }",
            ":17:36: points.total.counter.max_rate: must be greater than 0 (in `unit` per second)"
        ),
        Wrong(
            "one equal sample",
            "    publish: L/s",
            "    stable: 1",
            ":13:13: points.flow.stable: 1 is outside 2 to 100 equal samples"
        ),
    ]

    static let references = [
        Wrong(
            "unknown point",
            "    type: uint32",
            "    type: uint32\n    plus: flw",
            ":17:11: points.total.plus: no point is named \"flw\"; did you mean \"flow\"?"
        ),
        Wrong(
            "unknown field",
            "    publish: L/s",
            "    good_when: { status.stepp: 1 }",
            ":13:32: points.flow.good_when.status.stepp: status has no field \"stepp\"; did you mean " + "\"step\"?"
        ),
        Wrong(
            "field of a point without fields",
            "    publish: L/s",
            "    stable: total.ok",
            ":13:13: points.flow.stable: total has no field \"ok\""
        ),
        Wrong(
            "condition that is text",
            "    publish: L/s",
            "    good_when: { status.step: R }",
            ":13:31: points.flow.good_when.status.step: expected a whole number, found \"R\""
        ),
        Wrong(
            "circle of one",
            "    type: uint32",
            "    type: uint32\n    plus: total",
            ":14:3: points.total: needs itself through its references; break the circle"
        ),
        Wrong(
            "counter whose places change",
            "    type: uint32",
            "    type: uint32\n    counter: { bits: 32, max_rate: 1 }\n    decimals_from: flow",
            ":18:20: points.total.decimals_from: a counter's decimal places must not change; give \"decimals\""
        ),
        Wrong(
            "circle of two",
            "    unit: m3/h\n    publish: L/s\n  total:",
            "    plus: total\n  total:\n    decimals_from: flow",
            ":9:3: points.flow: needs itself through its references; break the circle",
            ":13:3: points.total: needs itself through its references; break the circle"
        ),
        Wrong(
            "weir over itself",
            "    holding: 9\n    bits: { ok: 0, step: 8-15 }",
            "    weir: { level: status, angle: 90, coefficient: 1.38, zero: 0 }",
            ":18:3: points.status: needs itself through its references; break the circle"
        ),
        Wrong(
            "weir with a register",
            "    holding: 9\n    bits: { ok: 0, step: 8-15 }",
            "    holding: 9\n    weir: { level: flow, angle: 90, coefficient: 1.38, zero: 0 }",
            ":19:14: points.status.holding: a weir's value is computed; it has no register"
        ),
        Wrong(
            "weir too narrow, without a coefficient",
            "    holding: 9\n    bits: { ok: 0, step: 8-15 }",
            "    weir: { level: flow, angle: 10, coefficient: 0, zero: 0 }",
            ":19:33: points.status.weir.angle: outside 20 to 120 degrees",
            ":19:50: points.status.weir.coefficient: must be greater than 0"
        ),
        Wrong(
            "weir with absurd bounds, surveyed on no day",
            "    holding: 9\n    bits: { ok: 0, step: 8-15 }",
            "    weir: { level: flow, angle: 90, coefficient: 1, zero: 0,\n"
                + "      head_correction: 0.011, greatest_head: 0,\n"
                + "      surveyed: 2026-02-30 }",
            ":21:17: points.status.weir.surveyed: expected a day such as 2026-10-03, found \"2026-02-30\"",
            ":20:24: points.status.weir.head_correction: outside 0 to 0.01 m",
            ":20:46: points.status.weir.greatest_head: must be greater than 0 m"
        ),
        Wrong(
            "weir over what is no length, published as no discharge",
            "    holding: 9\n    bits: { ok: 0, step: 8-15 }",
            "    weir: { level: flow, angle: 90, coefficient: 1, zero: 0 }\n    unit: kg",
            ":19:11: points.status.weir: the level of a weir is a length; flow is in m3/h",
            ":20:11: points.status.unit: a weir's discharge cannot be in kg; m3/s, m3/h and L/s are possible"
        ),
        Wrong(
            "tiny that is no zero",
            "    type: float32",
            "    type: float32\n    tiny: one",
            ":12:11: points.flow.tiny: unknown word \"one\"; known: zero"
        ),
        Wrong(
            "whole number that is tiny",
            "    type: uint32",
            "    type: uint32\n    tiny: zero",
            ":17:11: points.total.tiny: only a float32 or float64 in registers can be tiny"
        ),
        Wrong(
            "message of a Modbus device",
            "    holding: 9",
            "    holding: 9\n    message: a",
            ":20:14: points.status.message: a Modbus profile has no messages; name a register"
        ),
    ]

    static let mqtt = [
        Wrong(
            "wildcard",
            "      topic: tele/{node}/SENSOR",
            "      topic: tele/#",
            ":8:14: mqtt.messages.sensor.topic: no # in a topic: + stands for one level that does not matter, {node} "
                + "for what names the device",
            of: message
        ),
        Wrong(
            "placeholder unknown",
            "      topic: tele/{node}/SENSOR",
            "      topic: tele/{name}",
            ":8:14: mqtt.messages.sensor.topic: only {node} can be filled in",
            of: message
        ),
        Wrong(
            "topic missing",
            "      topic: tele/{node}/SENSOR",
            "      tpic: a",
            ":8:7: mqtt.messages.sensor: \"topic\" is missing",
            ":8:7: mqtt.messages.sensor.tpic: unknown key; did you mean \"topic\"?",
            of: message
        ),
        Wrong(
            "message unknown",
            "    message: sensor",
            "    message: sensr",
            ":11:14: points.weight.message: no message is named \"sensr\"; did you mean \"sensor\"?",
            of: message
        ),
        Wrong(
            "message missing",
            "    message: sensor",
            "    private: true",
            ":11:5: points.weight: \"message\" is missing: which of the profile's messages carries it?",
            of: message
        ),
        Wrong(
            "register of an MQTT device",
            "    message: sensor",
            "    holding: 3",
            ":11:14: points.weight.holding: an MQTT profile has no registers; name the \"message\"",
            ":11:5: points.weight: \"message\" is missing: which of the profile's messages carries it?",
            of: message
        ),
        Wrong(
            "path with an empty step",
            "    path: HX711.WeightRaw",
            "    path: HX711..Weight",
            ":12:11: points.weight.path: \"HX711..Weight\" is not a path; write keys with dots, such as "
                + "HX711.Weight or lanes[0].count; a key that holds dots stands in quotes, such as '[\"a.b\"].c'",
            of: message
        ),
        Wrong(
            "type of a register",
            "    path: HX711.WeightRaw",
            "    type: float32",
            ":12:11: points.weight.type: unknown word \"float32\"; known: bool, number, string",
            of: message
        ),
        Wrong(
            "time in an unknown zone",
            "      topic: tele/{node}/SENSOR",
            "      topic: a\n      time: { path: Time, format: iso8601, zone: WIB }",
            ":9:50: mqtt.messages.sensor.time.zone: expected utc, gateway (the configuration's timezone) "
                + "or an offset such as \"+07:00\"",
            of: message
        ),
        Wrong(
            "event of an unknown message",
            "points:",
            "events:\n  passage: { message: other, id: a }\npoints:",
            ":10:23: events.passage.message: no message is named \"other\"; known: sensor",
            of: message
        ),
        Wrong(
            "event without an id",
            "points:",
            "events:\n  passage: { message: sensor }\npoints:",
            ":10:12: events.passage: \"id\" is missing",
            of: message
        ),
        Wrong(
            "event with a condition that is no path",
            "points:",
            "events:\n  passage: { message: sensor, id: a, when: { a..b: end } }\npoints:",
            ":10:46: events.passage.when.a..b: \"a..b\" is not a path; write keys with dots, such as " + "after.label",
            of: message
        ),
        Wrong(
            "event that overwrites its id",
            "points:",
            "events:\n  passage: { message: sensor, id: a, data: { event_id: b } }\npoints:",
            ":10:46: events.passage.data.event_id: \"event_id\" cannot be a key of an event's data: a-z, "
                + "0-9 and _, and not event_id",
            of: message
        ),
        Wrong(
            "no message",
            "    sensor:\n      topic: tele/{node}/SENSOR",
            "    {}",
            ":7:5: mqtt.messages: names no message",
            of: message
        ),
    ]

    static let vectors = [
        Wrong(
            "vector without a source",
            "points:",
            "vectors: [{ holding: { 1: 0000 } }]\npoints:",
            ":8:11: vectors.0: \"source\" is missing"
        ),
        Wrong(
            "vector before the first register",
            "points:",
            "vectors: [{ source: a, holding: { 0: 0000 } }]\npoints:",
            ":8:35: vectors.0.holding.0: \"0\" is not a register's number"
        ),
        Wrong(
            "vector that is not hexadecimal",
            "points:",
            "vectors: [{ source: a, holding: { 1: 00G0 } }]\npoints:",
            ":8:38: vectors.0.holding.1: expected registers in hexadecimal, such as \"806B 4212\", found " + "\"00G0\""
        ),
        Wrong(
            "vector of an unknown point",
            "points:",
            "vectors: [{ source: a, values: { flo: 1 } }]\npoints:",
            ":8:34: vectors.0.values.flo: no point is named \"flo\"; did you mean \"flow\"?"
        ),
        Wrong(
            "request that is not hexadecimal",
            "points:",
            "vectors: [{ source: a, request: 01 O3 }]\npoints:",
            ":8:33: vectors.0.request: expected bytes in hexadecimal, such as \"01 03 00 00 00 0A C5 CD\""
        ),
        Wrong(
            "message of a register's vector",
            "points:",
            "vectors: [{ source: a, topic: b }]\npoints:",
            ":8:24: vectors.0.topic: unknown key; known: coil, discrete, holding, input, request, set, "
                + "source, values"
        ),
    ]

    static let texts = [
        Wrong("empty file", text: "", ": the file is empty"),
        Wrong("comment and nothing else", text: "# later\n", ": the file is empty"),
        Wrong("list", text: "- a\n- b\n", ":1:1: expected keys with values (\"key: value\"), found something else"),
        Wrong("word", text: "hello\n", ":1:1: expected keys with values (\"key: value\"), found something else"),
        Wrong("key given twice", text: "profile: a\nname: b\nprofile: c\n", ":1:1: given twice: profile; keep one"),
        Wrong(
            "tab for indentation",
            text: "modbus:\n\tnumbering: from_0\n",
            ":2:1: a tab stands here; YAML is indented with spaces only"
        ),
        Wrong(
            "quote left open",
            text: "name: \"abc\n",
            ":2:1: not valid YAML: found unexpected end of stream; check indentation, colons and quotes"
        ),
        Wrong(
            "colon without a space",
            text: "profile: a\nname b\n",
            ":3:1: not valid YAML: could not find expected ':'; check indentation, colons and quotes"
        ),
        Wrong(
            "two documents",
            text: "a: 1\n---\nb: 2\n",
            ":2:1: not valid YAML: but found another document; check indentation, colons and quotes"
        ),
        Wrong(
            "alias bomb",
            text: "a: &a [x, x]\nb: &b [*a, *a, *a, *a]\nc: [*b, *b, *b, *b]\n",
            ":1:4: YAML anchors and aliases are not supported; write the value out, or quote the text if "
                + "& or * is meant"
        ),
        Wrong(
            "alias bomb after a comment",
            text: "# harmless\na: &a [x]\nb: *a\n",
            ":2:4: YAML anchors and aliases are not supported; write the value out, or quote the text if "
                + "& or * is meant"
        ),
        Wrong(
            "alias bomb after an escaped quote",
            text: "n: \"\\\\\"\na: &a [x]\nb: *a\n",
            ":2:4: YAML anchors and aliases are not supported; write the value out, or quote the text if "
                + "& or * is meant"
        ),
        Wrong(
            "deep nesting",
            text: "a: " + String(repeating: "[", count: 100_000),
            ":1:5: not valid YAML: Maximum nesting level reached, set with yaml_set_max_nest_level()); "
                + "check indentation, colons and quotes"
        ),
    ]
}

extension String {
    /// Returns the text up to a line of text.
    fileprivate func components(before line: String) -> String {
        split(separator: line + "\n", maxSplits: 1).first.map(String.init) ?? ""
    }
}
