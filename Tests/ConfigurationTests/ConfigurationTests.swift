import Documents
import Domain
import Foundation
import Installation
import Profiles
import TestSupport
import Testing
@testable import Configuration

@Suite struct ConfigurationTests {
    static let full = """
        gateway: kdr-soyo-01
        timezone: Asia/Makassar
        topic_prefix: kota/kediri
        city: { en: City of Kediri, id: Kota Kediri }
        clock: trusted
        sites:
          sumber-soyo: { name: Sumber Soyo, kelurahan: Bawang, kecamatan: Pesantren, latitude: -7.85, \
        longitude: 112.06 }
          bare: { gauge: scale-07 }
          junction:
            road:
              capacity: 2900
              capacity_method: MKJI 1997
              car_units: mkji-2-2ud-narrow
              levels: km-14-2006
              target_level: C
              lanes: 2
              directions: { utara: { capacity: 1450, lanes: 2 }, selatan: { capacity: 1500 } }
              class_mix: { motorcycle: 0.7, car: 0.25, truck: 0.05 }
        buses:
          rs485-1: { serial: /dev/ttyUSB0, baud: 19200, parity: even, data_bits: 8, stop_bits: 2 }
          simpang-4: { tcp: "[fe80::1]:1502" }
          simpang-5: { tcp: atcs.example, requests_at_once: 4 }
          simpang-6:
            tcp: plc.example
            framing: mbap
            tls: { ca_file: /ca.pem, certificate_file: /c.pem, key_file: /k.pem }
          sensors:
            mqtt: [mqtts://127.0.0.1, "mqtts://[::1]:18883"]
            version: 3.1.1
            username: reader
            password_file: /etc/gateway/sensors-password
            probe_username: probe
            probe_password_file: /etc/gateway/probe-password
            ca_file: /ca.pem
            certificate_file: /c.pem
            key_file: /k.pem
            max_payload: 64KiB
        devices:
          flow-soyo:
            profile: tuf-2000m
            bus: rs485-1
            unit: 0x11
            site: sumber-soyo
            interval: 1.5s
            serial: "20117431"
            owner: DLHKP
            verified: { by: Diskominfo, on: 2026-10-03 }
            installed: 2026-10-01
            points: { velocity: { factor: 2, offset: 1 } }
          loops:
            profile: iologik-e1210
            bus: simpang-4
            unit: 255
            site: bare
            interval: 1min
          scale-07:
            profile: tasmota-hx711
            bus: sensors
            node: bsu-07
            site: bare
            interval: 10s
            at_most_every: 5s
            labels: { category: plastik, floor: "2" }
            weighing: { minimum: 0.5, tare: 1.25, stable: 3s }
            send: { when: changed, deadband: { weight: 0.05 }, at_least_every: 10min }
        destinations:
          city:
            mqtt: mqtts://broker-1.example:8884
            version: 5
            username: kdr-soyo-01
            password_file: credential:city-password
            backfill_rate: 50
            backfill_without_subscriber: drop
            same_box: true
            pack: { live: 45s, backfill: false }
            state: { retain: false, every: 5min }
            keepalive: 10min
            budget: 300 MB / month
            indicators: { scopes: [gateway, kecamatan], windows: [hour, day], open: 5min }
          here: { mqtt: "mqtt://127.0.0.1" }
          tunnel: { mqtt: "mqtt://localhost:2883", same_box: false }
        storage: { path: /data, limit: 64MiB }
        page:
          listen: 0.0.0.0:8081
          pin_file: credential:page-pin
          tiles: "https://tile.example/{z}/{x}/{y}.png"
          tiles_credit: somebody
          outline: /etc/gateway/kediri.geojson
        control: { socket: /tmp/g.sock }

        """

    @Test func theGatewaysOwnValuesAreReadBack() throws {
        let configuration = try configuration(Self.full)
        #expect(configuration.gateway == "kdr-soyo-01")
        #expect(configuration.timezone == "Asia/Makassar")
        #expect(configuration.topicPrefix == "kota/kediri")
        #expect(configuration.clockTrusted)
        #expect(configuration.storage == .init(path: "/data", limit: 67_108_864))
        #expect(configuration.controlSocket == "/tmp/g.sock")
        #expect(!configuration.hash.isEmpty)
    }

    /// The nearest to the device decides: it, its bus, its profile, the default.
    @Test func howADeviceIsAskedIsReadFromDeviceThenBusThenProfile() throws {
        let text = Self.full
            .replacing(
                "simpang-5: { tcp: atcs.example,",
                with: "simpang-5: { tcp: atcs.example, reply_time: 3s, retries: 1,"
            )
            .replacing("bus: simpang-4\n", with: "bus: simpang-5\n    request_gap: 120ms\n    retries: 2\n")
        let access = try #require(try configuration(text).devices.first { $0.id == "loops" }?.profile.modbus)
        #expect(access.replyTime == .seconds(3) && access.worstReply == .seconds(3))
        #expect(access.requestGap == .milliseconds(120) && access.retries == 2 && access.connectPause == .zero)
        let plain = try #require(try configuration(Self.full).devices.first { $0.id == "loops" }?.profile.modbus)
        #expect(plain.requestGap == nil && plain.retries == 0 && plain.replyTime < .seconds(3))
    }

    @Test func theBusesAreReadBack() throws {
        let buses = try configuration(Self.full).buses
        #expect(buses.map(\.id) == ["rs485-1", "sensors", "simpang-4", "simpang-5", "simpang-6"])
        #expect(buses.map(\.requestsAtOnce) == [1, 1, 1, 4, 1])
        #expect(
            buses.map(\.kind) == [
                .modbus(
                    .serialLine(
                        path: "/dev/ttyUSB0",
                        settings: SerialSettings(baud: 19_200, parity: .even, stopBits: 2)
                    )
                ),
                .mqtt(
                    Broker(
                        addresses: [
                            .init(host: "127.0.0.1", port: 8_883, tls: true),
                            .init(host: "::1", port: 18_883, tls: true),
                        ],
                        version: .v311,
                        username: "reader",
                        passwordFile: "/etc/gateway/sensors-password",
                        caFile: "/ca.pem",
                        certificateFile: "/c.pem",
                        keyFile: "/k.pem",
                        largestPayload: 65_536,
                        probe: .init(name: "probe", passwordFile: "/etc/gateway/probe-password")
                    )
                ),
                .modbus(.modbusTCP(host: "fe80::1", port: 1_502)),
                .modbus(.modbusTCP(host: "atcs.example", port: 502)),
                .modbus(
                    .modbusTCP(
                        host: "plc.example",
                        port: 802,
                        security: TLSFiles(caFile: "/ca.pem", certificateFile: "/c.pem", keyFile: "/k.pem")
                    )
                ),
            ]
        )
    }

    @Test func `a bus says how its frames are put around`() throws {
        func endpoint(_ bus: String) throws -> ModbusEndpoint? {
            let text = Self.full.replacing(
                "simpang-5: { tcp: atcs.example, requests_at_once: 4 }",
                with: "simpang-5: \(bus)"
            )
            return try configuration(text).buses.first { $0.id == "simpang-5" }?.endpoint
        }
        #expect(try endpoint("{ tcp: a:4001, framing: rtu }") == .lineOverTCP(host: "a", port: 4_001))
        #expect(
            try endpoint("{ tcp: a:4001, framing: ascii, baud: 19200, data_bits: 7, parity: even }")
                == .lineOverTCP(
                    host: "a",
                    port: 4_001,
                    framing: .ascii,
                    settings: SerialSettings(baud: 19_200, parity: .even, dataBits: 7)
                )
        )
        #expect(
            try endpoint("{ serial: /dev/ttyS9, framing: ascii, data_bits: 7 }")
                == .serialLine(path: "/dev/ttyS9", settings: SerialSettings(dataBits: 7), framing: .ascii)
        )
        #expect(try endpoint("{ tcp: a, framing: mbap }") == .modbusTCP(host: "a", port: 502))
        #expect(
            try endpoint("{ tcp: a, tls: { ca_file: /ca.pem } }")
                == .modbusTCP(host: "a", port: 802, security: TLSFiles(caFile: "/ca.pem"))
        )
    }

    @Test func theDevicesAreReadBackInTheFilesOrder() throws {
        let devices = try configuration(Self.full).devices
        #expect(devices.map(\.id) == ["flow-soyo", "loops", "scale-07"])
        #expect(devices.map(\.profile.id) == ["tuf-2000m", "iologik-e1210", "tasmota-hx711"])
        #expect(devices.map(\.bus) == ["rs485-1", "simpang-4", "sensors"])
        #expect(devices.map(\.unit) == [UnitID(17), UnitID(255), UnitID(0)])
        #expect(devices.map(\.node) == ["", "", "bsu-07"])
        #expect(devices.map(\.atMostEvery) == [nil, nil, .seconds(5)])
        #expect(devices.map(\.interval) == [.milliseconds(1_500), .seconds(60), .seconds(10)])
        #expect(devices.map(\.serial) == ["20117431", nil, nil])
        #expect(devices.map(\.owner) == ["DLHKP", nil, nil])
        #expect(devices.map(\.verified) == [Verification(by: "Diskominfo", on: "2026-10-03"), nil, nil])
        #expect(devices.map(\.expectedFrom) == ["2026-10-01", nil, nil])
        #expect(
            devices[2].weighing
                == Weighing(minimum: DecimalNumber("0.5"), tare: DecimalNumber("1.25"), stable: .seconds(3))
        )
        #expect(devices[2].labels.map(\.key) == ["category", "floor"])
        #expect(devices[2].labels.map(\.value) == ["plastik", "2"])
        #expect(
            devices[0].site
                == Site(
                    id: "sumber-soyo",
                    name: "Sumber Soyo",
                    kelurahan: "Bawang",
                    kecamatan: "Pesantren",
                    latitude: DecimalNumber("-7.85"),
                    longitude: DecimalNumber("112.06")
                )
        )
        #expect(devices[1].site == Site(id: "bare", name: "bare", gauge: "scale-07"))
    }

    @Test func theDestinationsAreReadBack() throws {
        let destinations = try configuration(Self.full).destinations
        var city = Destination(
            id: "city",
            broker: Broker(
                addresses: [.init(host: "broker-1.example", port: 8_884, tls: true)],
                version: .v5,
                username: "kdr-soyo-01",
                passwordFile: "credential:city-password"
            ),
            backfillRate: 50,
            backfillWithoutSubscriber: .drop,
            sameBox: true,
            keepalive: .seconds(600),
            budget: TrafficBudget(bytes: 300_000_000, per: .month),
            indicators: FigureSelection(
                scopes: [.gateway, .kecamatan],
                windows: [.hour, .day],
                open: .every(.seconds(300))
            )
        )
        city.pack = Packing(live: .seconds(45), backfill: false)
        city.state = StatePublishing(retain: false, every: .seconds(300))
        #expect(
            destinations == [
                city,
                // A loopback address is this same box, unless it is a tunnel.
                Destination(
                    id: "here",
                    broker: Broker(addresses: [.init(host: "127.0.0.1", port: 1_883, tls: false)], version: .v5),
                    backfillRate: 200,
                    backfillWithoutSubscriber: .wait,
                    sameBox: true
                ),
                Destination(
                    id: "tunnel",
                    broker: Broker(addresses: [.init(host: "localhost", port: 2_883, tls: false)], version: .v5),
                    backfillRate: 200,
                    backfillWithoutSubscriber: .wait,
                    sameBox: false
                ),
            ]
        )
    }

    @Test func whatIsNotSaidHasItsDefault() throws {
        let text = Wrong.good.replacing("timezone: Asia/Jakarta\n", with: "").replacing(
            "topic_prefix: kediri\n",
            with: ""
        )
        .replacing("storage: { path: /tmp, limit: 64MB }\n", with: "")
        let configuration = try configuration(text)
        #expect(configuration.timezone == "Asia/Jakarta")
        #expect(configuration.topicPrefix == "kediri")
        #expect(!configuration.clockTrusted)
        #expect(configuration.storage == .init(path: "/var/lib/gateway", limit: 512_000_000))
        #expect(configuration.controlSocket == "/run/gateway/control.sock")
    }

    @Test func anotherTextHasAnotherHash() throws {
        let one = try configuration(Wrong.good).hash
        #expect(try configuration(Wrong.good).hash == one)
        #expect(try configuration(Wrong.good + "# a remark\n").hash != one)
    }

    @Test func theShippedExampleIsWithoutAProblem() {
        let log = ProblemLog()
        let file = Repository.root + "/config/gateway.yaml"
        let configuration = ConfigurationReader.read(file: file, catalogue: Shipped.catalogue, log: log)
        #expect(log.problems.map(\.description) == [])
        #expect(configuration?.devices.count == 4)
    }
}

/// Whether a serial line can carry its polls.
@Suite struct LineCheckTests {
    /// The problems of so many pH probes on a line, each with two requests (3 registers and 1) of 26 and 22 characters:
    /// 50 ms at 9600 8N1.
    private static func told(_ count: Int, interval: String, baud: Int = 9_600) -> [String] {
        var text = """
            gateway: g
            sites: { s: {} }
            buses: { line: { serial: /dev/ttyUSB0, baud: \(baud) } }
            destinations: { d: { mqtt: mqtts://broker.example } }
            devices:

            """
        for unit in 1...count {
            text += "  ph-\(unit): { profile: sup-ph8001, bus: line, unit: \(unit), site: s, interval: \(interval) }\n"
        }
        return Wrong("line", text: text).told()
    }

    @Test func aLineThatIsJustFullIsNoProblem() {
        #expect(Self.told(40, interval: "2s") == [])
    }

    @Test func aLineThatCannotCarryItsPollsIsToldWithItsNumbers() {
        #expect(
            Self.told(41, interval: "2s") == [
                ":6:3: devices.ph-1: bus \"line\" cannot carry its polls: 82 requests need 2.1 s of a 2s interval at "
                    + "9600 baud; lengthen the interval (this device's takes most), "
                    + "raise the baud rate or split the bus"
            ]
        )
    }

    @Test func aFasterLineCarriesThem() { #expect(Self.told(41, interval: "2s", baud: 19_200) == []) }

    /// 10 x 50 ms = 0.5 s; 20 x 50 ms = 1.0 s: no tenth and no hundredth is lost in between.
    @Test(
        arguments: [
            (20, "998ms", "1.0"), (20, "999ms", "1.0"), (10, "490ms", "0.50"), (1, "45ms", "0.05"),
            (19, "900ms", "0.95"),
        ]
    )
    func theTimeThatIsNeededIsWrittenAsANumber(count: Int, interval: String, needed: String) {
        let told = Self.told(count, interval: interval)
        #expect(told.count == 1)
        #expect(told.first?.contains("requests need \(needed) s of a \(interval) interval") ?? false, "\(told)")
    }

    /// 1.9999 of 2 hundredths is rounded to 1.00, never to 0.100.
    @Test func justBelowOneSecondIsNotATenth() {
        #expect(!(Self.told(20, interval: "999ms").first ?? "0.100").contains("0.100"))
    }
}

@Suite struct OutageCapacityTests {
    @Test func theRateIsTheSumOfTheDevicesRates() throws {
        let capacity = OutageCapacity(try configuration(ConfigurationTests.full))
        #expect(abs(capacity.readingsPerSecond - (1 / 1.5 + 1 / 60.0 + 1 / 10.0)) < 1e-9)
    }

    @Test func twiceTheLimitIsTwiceTheHours() throws {
        let one = OutageCapacity(try configuration(Wrong.good))
        let two = OutageCapacity(try configuration(Wrong.good.replacing("limit: 64MB", with: "limit: 128MB")))
        #expect(abs(two.hours / one.hours - 2) < 1e-9)
    }

    @Test func theHoursAreTheLimitLessItsReserveOverTheBytes() throws {
        let capacity = OutageCapacity(try configuration(Wrong.good))
        let bytes = capacity.readingsPerSecond * capacity.bytesPerReading * 3_600
        #expect(abs(capacity.hours - 64e6 * 0.92 / bytes) < 1e-6)
    }

    @Test func aReadingOfTheTufTakesSomeHundredBytes() throws {
        let capacity = OutageCapacity(try configuration(Wrong.good))
        #expect((200...800).contains(capacity.bytesPerReading))
    }
}
