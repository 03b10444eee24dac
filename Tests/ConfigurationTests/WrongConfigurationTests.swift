import Documents
import Installation
import Testing

@Suite struct WrongConfigurationTests {
    @Test func theConfigurationThatTheCasesSpoilIsGood() { #expect(Wrong("good", text: Wrong.good).told() == []) }

    @Test(arguments: Wrong.top + Wrong.buses + Wrong.devices + Wrong.destinations + Wrong.texts)
    func aMistakeIsToldWithItsPlaceAndRemedy(wrong: Wrong) {
        #expect(wrong.told() == wrong.problems)
    }

    @Test func everyProblemIsToldInOneRun() {
        let text = Wrong.good.replacing("unit: 1", with: "unit: 300").replacing("limit: 64MB", with: "limit: many")
            .replacing("kediri", with: "a/#")
        #expect(Wrong("three", text: text).told().count == 3)
    }
}

extension Wrong {
    static let top = [
        Wrong(
            "unknown key with a near word",
            "timezone: Asia/Jakarta",
            "time_zone: Asia/Jakarta",
            ":2:1: time_zone: unknown key; did you mean \"timezone\"?"
        ),
        Wrong("gateway missing", "gateway: kdr-soyo-01", "clock: kernel", ":1:1: \"gateway\" is missing"),
        Wrong(
            "gateway that is no id",
            "gateway: kdr-soyo-01",
            "gateway: KDR_Soyo",
            ":1:10: gateway: \"KDR_Soyo\" is not an id: lower-case letters, digits and \"-\", at most 48, "
                + "not beginning with \"-\""
        ),
        Wrong(
            "unknown time zone",
            "timezone: Asia/Jakarta",
            "timezone: Asia/Kediri",
            ":2:11: timezone: no time zone is named \"Asia/Kediri\" here; an IANA name such as Asia/Jakarta "
                + "(package tzdata)"
        ),
        Wrong(
            "time zone that leaves the folder",
            "timezone: Asia/Jakarta",
            "timezone: ../../../etc/passwd",
            ":2:11: timezone: no time zone is named \"../../../etc/passwd\" here; an IANA name such as Asia/Jakarta "
                + "(package tzdata)"
        ),
        Wrong(
            "time zone that is a continent",
            "timezone: Asia/Jakarta",
            "timezone: Asia",
            ":2:11: timezone: no time zone is named \"Asia\" here; an IANA name such as Asia/Jakarta (package tzdata)"
        ),
        Wrong(
            "topic prefix with a wildcard",
            "topic_prefix: kediri",
            "topic_prefix: kediri/#",
            ":3:15: topic_prefix: \"kediri/#\" cannot begin a topic: no +, #, spaces, quotes, nor / at either end"
        ),
        Wrong(
            "topic prefix with a slash at its end",
            "topic_prefix: kediri",
            "topic_prefix: kediri/",
            ":3:15: topic_prefix: \"kediri/\" cannot begin a topic: no +, #, spaces, quotes, nor / at either end"
        ),
        Wrong(
            "topic prefix of the broker's own",
            "topic_prefix: kediri",
            "topic_prefix: $SYS",
            ":3:15: topic_prefix: \"$SYS\" cannot begin a topic: no +, #, spaces, quotes, nor / at either end"
        ),
        Wrong(
            "unknown clock",
            "topic_prefix: kediri",
            "clock: ntp",
            ":3:8: clock: unknown word \"ntp\"; known: kernel, trusted"
        ),
        Wrong(
            "latitude beyond the pole",
            "  sumber-soyo: { name: Sumber Soyo }",
            "  sumber-soyo: { latitude: -97.85 }",
            ":5:28: sites.sumber-soyo.latitude: outside -90 to 90 degrees"
        ),
        Wrong(
            "size that is none",
            "storage: { path: /tmp, limit: 64MB }",
            "storage: { path: /tmp, limit: plenty }",
            ":27:31: storage.limit: expected a size such as 512MB or 2GB, found \"plenty\""
        ),
        Wrong(
            "size too small",
            "storage: { path: /tmp, limit: 64MB }",
            "storage: { path: /tmp, limit: 64kB }",
            ":27:31: storage.limit: 64kB is outside 1MB to 1000000MB"
        ),
        Wrong(
            "size too large for any number",
            "storage: { path: /tmp, limit: 64MB }",
            "storage: { path: /tmp, limit: 99999999999999GB }",
            ":27:31: storage.limit: expected a size such as 512MB or 2GB, found \"99999999999999GB\""
        ),
    ]

    static let buses = [
        Wrong(
            "bus without an address",
            "  rs485-1: { serial: /dev/ttyUSB0, baud: 9600 }",
            "  rs485-1: { baud: 9600 }",
            ":7:12: buses.rs485-1: one of serial, tcp or mqtt is missing",
            ":7:14: buses.rs485-1.baud: unknown key; known: ascii, mqtt, rtu_over_tcp, serial, tcp",
            ":12:10: devices.flow-soyo.bus: bus \"rs485-1\" has problems of its own; see above"
        ),
        Wrong(
            "bus of two kinds",
            "  rs485-1: { serial: /dev/ttyUSB0, baud: 9600 }",
            "  rs485-1: { serial: /dev/ttyUSB0, tcp: 10.0.0.1 }",
            ":7:12: buses.rs485-1: has serial and tcp; keep one",
            ":12:10: devices.flow-soyo.bus: bus \"rs485-1\" has problems of its own; see above"
        ),
        Wrong(
            "several requests at once on a serial line",
            "  rs485-1: { serial: /dev/ttyUSB0, baud: 9600 }",
            "  rs485-1: { serial: /dev/ttyUSB0, requests_at_once: 2 }",
            ":7:54: buses.rs485-1.requests_at_once: a line carries one request at a time; take the key away"
        ),
        Wrong(
            "too many requests at once",
            "  rs485-1: { serial: /dev/ttyUSB0, baud: 9600 }",
            "  rs485-1: { tcp: 10.0.0.1, requests_at_once: 17 }",
            ":7:47: buses.rs485-1.requests_at_once: 17 is outside 1 to 16",
        ),
        Wrong(
            "framing as a key of its own",
            "  rs485-1: { serial: /dev/ttyUSB0, baud: 9600 }",
            "  rs485-1: { rtu_over_tcp: 10.0.0.1 }",
            ":7:28: buses.rs485-1.rtu_over_tcp: is written as framing: rtu or framing: ascii beside tcp or serial",
            ":12:10: devices.flow-soyo.bus: bus \"rs485-1\" has problems of its own; see above"
        ),
        Wrong(
            "framing that a line does not have",
            "  rs485-1: { serial: /dev/ttyUSB0, baud: 9600 }",
            "  rs485-1: { serial: /dev/ttyUSB0, framing: mbap }",
            ":7:45: buses.rs485-1.framing: mbap is the framing of Modbus TCP; a serial line carries rtu or ascii",
            ":12:10: devices.flow-soyo.bus: bus \"rs485-1\" has problems of its own; see above"
        ),
        Wrong(
            "TLS on a serial server's line",
            "  rs485-1: { serial: /dev/ttyUSB0, baud: 9600 }",
            "  rs485-1: { tcp: 10.0.0.1, framing: rtu, tls: { ca_file: /ca.pem } }",
            ":7:48: buses.rs485-1.tls: only Modbus TCP is secured; a serial server's line is not",
            ":12:10: devices.flow-soyo.bus: bus \"rs485-1\" has problems of its own; see above"
        ),
        Wrong(
            "several requests at once on a line",
            "  rs485-1: { serial: /dev/ttyUSB0, baud: 9600 }",
            "  rs485-1: { tcp: 10.0.0.1, framing: rtu, requests_at_once: 2 }",
            ":7:61: buses.rs485-1.requests_at_once: a line carries one request at a time; take the key away"
        ),
        Wrong(
            "serial line that is no path",
            "  rs485-1: { serial: /dev/ttyUSB0, baud: 9600 }",
            "  rs485-1: { serial: COM3 }",
            ":7:22: buses.rs485-1.serial: expected a path such as /dev/serial/by-id/usb-FTDI_A1, found \"COM3\""
        ),
        Wrong(
            "baud rate that Linux does not name",
            "  rs485-1: { serial: /dev/ttyUSB0, baud: 9600 }",
            "  rs485-1: { serial: /dev/ttyUSB0, baud: 9601 }",
            ":7:42: buses.rs485-1.baud: 9601 is no baud rate of Linux; known: 300, 600, 1200, 2400, 4800, 9600, 19200, "
                + "38400, 57600, 115200, 230400, 460800, 921600",
            ":12:10: devices.flow-soyo.bus: bus \"rs485-1\" has problems of its own; see above"
        ),
        Wrong(
            "TCP endpoint with a bad port",
            "  sensors: { mqtt: \"mqtt://127.0.0.1\" }",
            "  sensors: { mqtt: \"mqtt://127.0.0.1\" }\n  simpang: { tcp: \"10.0.0.1:70000\" }",
            ":9:19: buses.simpang.tcp: expected HOST[:502], found \"10.0.0.1:70000\""
        ),
        Wrong(
            "payloads that are too small to be any",
            "  sensors: { mqtt: \"mqtt://127.0.0.1\" }",
            "  sensors: { mqtt: \"mqtt://127.0.0.1\", max_payload: 1000B }",
            ":8:53: buses.sensors.max_payload: 1000B is outside 1KiB to 16MiB"
        ),
        Wrong(
            "payloads without a unit",
            "  sensors: { mqtt: \"mqtt://127.0.0.1\" }",
            "  sensors: { mqtt: \"mqtt://127.0.0.1\", max_payload: 4096 }",
            ":8:53: buses.sensors.max_payload: expected a size such as 512MB or 2GB, found \"4096\""
        ),
        Wrong(
            "one line as two buses",
            "  sensors: { mqtt: \"mqtt://127.0.0.1\" }",
            "  sensors: { mqtt: \"mqtt://127.0.0.1\" }\n  rs485-2: { serial: /dev/ttyUSB0, baud: 19200 }",
            ":9:3: buses.rs485-2: /dev/ttyUSB0 is bus \"rs485-1\" already; put the devices on that one"
        ),
        Wrong(
            "password of a probe without a name",
            "  sensors: { mqtt: \"mqtt://127.0.0.1\" }",
            "  sensors: { mqtt: \"mqtt://127.0.0.1\", probe_password_file: /p }",
            ":8:61: buses.sensors.probe_password_file: a password needs a \"probe_username\""
        ),
        Wrong(
            "probe that is the gateway itself",
            "  sensors: { mqtt: \"mqtt://127.0.0.1\" }",
            "  sensors: { mqtt: \"mqtt://127.0.0.1\", username: u, probe_username: u }",
            ":8:69: buses.sensors.probe_username: is the gateway's own user here: the probe needs another, "
                + "or neither key"
        ),
        Wrong(
            "bus whose name is no id",
            "  sensors: { mqtt: \"mqtt://127.0.0.1\" }",
            "  sensors: { mqtt: \"mqtt://127.0.0.1\" }\n  Bus_2: { tcp: 10.0.0.1 }",
            ":9:3: buses.Bus_2: \"Bus_2\" is not an id: lower-case letters, digits and \"-\", at most 48"
        ),
    ]

    private static let flow = ":10:3: devices.flow-soyo: "

    static let devices = [
        Wrong(
            "unknown profile with a near word",
            "    profile: tuf-2000m",
            "    profile: tuf-200m",
            ":11:14: devices.flow-soyo.profile: unknown profile \"tuf-200m\"; did you mean \"tuf-2000m\"?"
        ),
        Wrong(
            "unknown profile with none near",
            "    profile: tuf-2000m",
            "    profile: something-else",
            ":11:14: devices.flow-soyo.profile: unknown profile \"something-else\"; `gateway profiles` lists them"
        ),
        Wrong(
            "unknown bus",
            "    bus: rs485-1",
            "    bus: rs485-2",
            ":12:10: devices.flow-soyo.bus: no bus is named \"rs485-2\"; did you mean \"rs485-1\"?"
        ),
        Wrong(
            "unit id beyond a line's",
            "    unit: 1",
            "    unit: 256",
            ":13:11: devices.flow-soyo.unit: 256 is outside 1 to 255"
        ),
        Wrong(
            "unit id missing",
            "    unit: 1",
            "    owner: DLHKP",
            ":11:5: devices.flow-soyo: \"unit\" is missing: the device's Modbus unit id, 1 to 247"
        ),
        Wrong(
            "node of a Modbus device",
            "    unit: 1",
            "    unit: 1\n    node: a",
            ":14:11: devices.flow-soyo.node: a Modbus device has no node; it has a \"unit\""
        ),
        Wrong(
            "two devices with one unit id on a bus",
            "  scale-07:",
            "  ph-soyo: { profile: sup-ph8001, bus: rs485-1, unit: 1, site: sumber-soyo, interval: 5s }\n  scale-07:",
            ":16:55: devices.ph-soyo.unit: unit id 1 on bus \"rs485-1\" is \"flow-soyo\" already; two devices with "
                + "one id answer at once: give one of them another id"
        ),
        Wrong(
            "wrong kind of bus",
            "    bus: rs485-1",
            "    bus: sensors",
            ":12:10: devices.flow-soyo.bus: profile \"tuf-2000m\" speaks Modbus, but bus \"sensors\" does not; "
                + "name another bus"
        ),
        Wrong(
            "node missing",
            "    node: bsu-07",
            "    owner: DLHKP",
            ":17:5: devices.scale-07: \"node\" is missing: what stands for {node} in tele/{node}/SENSOR"
        ),
        Wrong(
            "node with a wildcard",
            "    node: bsu-07",
            "    node: bsu/+",
            ":19:11: devices.scale-07.node: \"bsu/+\" cannot stand in a topic: no + and no #"
        ),
        Wrong(
            "unit id of an MQTT device",
            "    node: bsu-07",
            "    node: bsu-07\n    unit: 3",
            ":20:11: devices.scale-07.unit: an MQTT device has no unit id; it has a \"node\""
        ),
        Wrong(
            "one MQTT device twice",
            "destinations:",
            "  scale-08: { profile: tasmota-hx711, bus: sensors, node: bsu-07, site: sumber-soyo, interval: 10s }\n"
                + "destinations:",
            ":22:59: devices.scale-08.node: bus, profile and node are those of \"scale-07\" already; one device is one"
        ),
        Wrong(
            "one MQTT device without a node twice",
            "destinations:",
            "  cam-1: { profile: frigate, bus: sensors, site: sumber-soyo, interval: 60s }\n"
                + "  cam-2: { profile: frigate, bus: sensors, site: sumber-soyo, interval: 60s }\ndestinations:",
            ":23:10: devices.cam-2: bus, profile and node are those of \"cam-1\" already; one device is one"
        ),
        Wrong(
            "node that the topics have no place for",
            "destinations:",
            "  cam-1: { profile: frigate, bus: sensors, node: x, site: sumber-soyo, interval: 60s }\ndestinations:",
            ":22:50: devices.cam-1.node: the profile's topics have no {node}; take the line away"
        ),
        Wrong(
            "a Modbus device that is thinned",
            "    interval: 5s",
            "    interval: 5s\n    at_most_every: 5s",
            ":16:20: devices.flow-soyo.at_most_every: a Modbus device is read each \"interval\" and no more often; "
                + "take the line away"
        ),
        Wrong(
            "fewer readings than one an interval",
            "devices:",
            "devices:\n  scale-09: { profile: tasmota-hx711, bus: sensors, node: b, site: sumber-soyo, interval: 10s, "
                + "at_most_every: 11s }",
            ":10:111: devices.scale-09.at_most_every: is longer than the interval of 10s, in each of which "
                + "a reading is expected; shorten it, or lengthen \"interval\""
        ),
        Wrong(
            "rows that are thinned",
            "devices:",
            "devices:\n  counter-1: { profile: telraam, bus: sensors, node: b, site: sumber-soyo, interval: 15min, "
                + "at_most_every: 1min }",
            ":10:108: devices.counter-1.at_most_every: each message of telraam is the row of an interval, "
                + "and none can be left out; take it away"
        ),
        Wrong(
            "time without a unit",
            "    interval: 5s",
            "    interval: 5",
            ":15:15: devices.flow-soyo.interval: expected a time such as 500ms, 5s, 1min or 2h, found \"5\""
        ),
        Wrong(
            "time too short",
            "    interval: 5s",
            "    interval: 9ms",
            ":15:15: devices.flow-soyo.interval: 9ms is outside 10ms to 1d"
        ),
        Wrong(
            "negative time",
            "    interval: 5s",
            "    interval: -5s",
            ":15:15: devices.flow-soyo.interval: expected a time such as 500ms, 5s, 1min or 2h, found \"-5s\""
        ),
        Wrong(
            "verified on no day",
            "    interval: 5s",
            "    interval: 5s\n    verified: { by: Diskominfo, on: yesterday }",
            ":16:37: devices.flow-soyo.verified.on: expected a day such as 2026-10-03, found \"yesterday\""
        ),
        Wrong(
            "installed on no day",
            "    interval: 5s",
            "    interval: 5s\n    installed: soon",
            ":16:16: devices.flow-soyo.installed: expected a day such as 2026-10-03, found \"soon\""
        ),
        Wrong(
            "a deposit of nothing",
            "    interval: 5s",
            "    interval: 5s\n    weighing: { minimum: 0, tare: -1 }",
            ":16:26: devices.flow-soyo.weighing.minimum: must be greater than 0: below it the pan is clear",
            ":16:35: devices.flow-soyo.weighing.tare: must not be less than 0 (in the unit of the net weight)"
        ),
        Wrong(
            "device whose profile is for another key",
            "    interval: 5s",
            "    intervall: 5s",
            ":11:5: devices.flow-soyo: \"interval\" is missing",
            ":15:5: devices.flow-soyo.intervall: unknown key; did you mean \"interval\"?"
        ),
        Wrong(
            "a line that cannot carry its polls",
            "    interval: 5s",
            "    interval: 100ms",
            ":10:3: devices.flow-soyo: bus \"rs485-1\" cannot carry its polls: 4 requests need 0.13 s of a 100ms "
                + "interval at 9600 baud; lengthen the interval (this device's takes most), "
                + "raise the baud rate or split the bus"
        ),
    ]

    static let destinations = [
        Wrong(
            "password in the file",
            "    password_file: credential:city",
            "    password: rahasia",
            ":26:15: destinations.city.password: secrets are not written here: put it in a file and name that with "
                + "password_file"
        ),
        Wrong(
            "payloads that no destination sends",
            "    username: kdr-soyo-01",
            "    max_payload: 1MiB\n    username: kdr-soyo-01",
            ":25:5: destinations.city.max_payload: unknown key; known: backfill_rate, backfill_without_subscriber, "
                + "budget, ca_file, certificate_file, indicators, keepalive, key_file, mqtt, pack, password, "
                + "password_file, resend, same_box, state, username, version"
        ),
        Wrong(
            "a budget of no period",
            "    username: kdr-soyo-01",
            "    budget: 300MB\n    username: kdr-soyo-01",
            ":25:13: destinations.city.budget: expected whole kB, MB or GB a day or a month, such as 300MB/month or "
                + "10MB/day, found \"300MB\""
        ),
        Wrong(
            "figures of no scope",
            "    username: kdr-soyo-01",
            "    indicators: { scopes: [], open: Never }\n    username: kdr-soyo-01",
            ":25:27: destinations.city.indicators.scopes: names none, so that not even a closed figure would go; take "
                + "the line away, or name some",
            ":25:37: destinations.city.indicators.open: expected never, or a time such as 5min, found \"Never\""
        ),
        Wrong(
            "a keepalive that no link needs",
            "    username: kdr-soyo-01",
            "    keepalive: 2h\n    username: kdr-soyo-01",
            ":25:16: destinations.city.keepalive: 2h is outside 5s to 1h"
        ),
        Wrong(
            "figures of a scope that there is not",
            "    username: kdr-soyo-01",
            "    indicators: { scopes: [city] }\n    username: kdr-soyo-01",
            ":25:28: destinations.city.indicators.scopes.0: unknown word \"city\"; known: device, gateway, kecamatan, "
                + "kelurahan, site"
        ),
        Wrong(
            "user name that is not the gateway's id",
            "    username: kdr-soyo-01",
            "    username: admin",
            ":25:15: destinations.city.username: must be the gateway's id \"kdr-soyo-01\", so that the broker can "
                + "hold it to its own topics"
        ),
        Wrong(
            "password without a user name",
            "    username: kdr-soyo-01",
            "    backfill_rate: 100",
            ":26:20: destinations.city.password_file: a password needs a \"username\""
        ),
        Wrong(
            "address of no broker",
            "    mqtt: mqtts://broker.example",
            "    mqtt: https://broker.example",
            ":24:11: destinations.city.mqtt: \"https://broker.example\" is no broker's address; expected "
                + "mqtt://HOST[:1883] or mqtts://HOST[:8883]"
        ),
        Wrong(
            "address with a password",
            "    mqtt: mqtts://broker.example",
            "    mqtt: mqtts://a:b@broker.example",
            ":24:11: destinations.city.mqtt: user and password do not stand in the address; expected "
                + "mqtt://HOST[:1883] or mqtts://HOST[:8883]"
        ),
        Wrong(
            "address with a path",
            "    mqtt: mqtts://broker.example",
            "    mqtt: mqtts://broker.example/mqtt",
            ":24:11: destinations.city.mqtt: \"mqtts://broker.example/mqtt\" is no broker's address; expected "
                + "mqtt://HOST[:1883] or mqtts://HOST[:8883]"
        ),
        Wrong(
            "address with a signed port",
            "    mqtt: mqtts://broker.example",
            "    mqtt: mqtts://broker.example:+8883",
            ":24:11: destinations.city.mqtt: \"mqtts://broker.example:+8883\" is no broker's address; expected "
                + "mqtt://HOST[:1883] or mqtts://HOST[:8883]"
        ),
        Wrong(
            "no address in the list",
            "    mqtt: mqtts://broker.example",
            "    mqtt: []",
            ":24:11: destinations.city.mqtt: names no address"
        ),
        Wrong(
            "no broker",
            "    mqtt: mqtts://broker.example",
            "    backfill_rate: 5",
            ":24:5: destinations.city: \"mqtt\" is missing: the broker's address, such as mqtts://broker.example:8883"
        ),
        Wrong(
            "TLS keys without TLS",
            "    mqtt: mqtts://broker.example",
            "    mqtt: mqtt://broker.example\n    ca_file: /ca.pem",
            ":25:14: destinations.city.ca_file: is for TLS, but no address begins with mqtts://"
        ),
        Wrong(
            "certificate without its key",
            "    mqtt: mqtts://broker.example",
            "    mqtt: mqtts://broker.example\n    certificate_file: /c.pem",
            ":24:5: destinations.city: certificate_file and key_file go together; one is missing"
        ),
        Wrong(
            "unknown version",
            "    username: kdr-soyo-01",
            "    username: kdr-soyo-01\n    version: 4",
            ":26:14: destinations.city.version: unknown word \"4\"; did you mean \"5\"?"
        ),
        Wrong(
            "pack that waits too long",
            "    username: kdr-soyo-01",
            "    username: kdr-soyo-01\n    pack: { live: 11min }",
            ":26:19: destinations.city.pack.live: 11min is outside 1s to 10min"
        ),
        Wrong(
            "state without packs",
            "    username: kdr-soyo-01",
            "    username: kdr-soyo-01\n    state: { every: 1min }",
            ":26:12: destinations.city.state: needs \"pack\": without packs the readings themselves are retained"
        ),
        Wrong(
            "rate of nothing",
            "    username: kdr-soyo-01",
            "    username: kdr-soyo-01\n    backfill_rate: 0",
            ":26:20: destinations.city.backfill_rate: 0 is outside 1 to 100000"
        ),
    ]

    static let texts = [
        Wrong("empty file", text: "", ": the file is empty"),
        Wrong("list", text: "- gateway\n", ":1:1: expected keys with values (\"key: value\"), found something else"),
        Wrong(
            "not YAML",
            text: "gateway: \"abc\n",
            ":2:1: not valid YAML: found unexpected end of stream; check indentation, colons and quotes"
        ),
        Wrong(
            "alias bomb",
            text: "a: &a [x, x]\nb: &b [*a, *a]\n",
            ":1:4: YAML anchors and aliases are not supported; write the value out, "
                + "or quote the text if & or * is meant"
        ),
        Wrong(
            "nothing but a name",
            text: "gateway: a\n",
            ":1:1: \"destinations\" is missing: where do the readings go?",
            ":1:1: \"devices\" is missing: what is there to read?"
        ),
        Wrong(
            "words where keys should be",
            text: "gateway: a\nsites: here\n",
            ":2:8: sites: expected keys with values, found \"here\""
        ),
    ]
}
