import Control
public import Domain
public import Installation
import Modbus
import Profiles

/// What a commissioning record is about, before anything has been read.
public struct Commissioning: Sendable {
    /// What the device's display showed, and of which point.
    public struct Expectation: Sendable, Hashable {
        public var point: String
        public var display: DisplayValue

        public init(point: String, display: DisplayValue) {
            self.point = point
            self.display = display
        }
    }

    public var target: ProbeTarget
    public var endpoint: String
    /// `rtu`, `tcp` or `mqtt`.
    public var framing: String
    public var by: String
    public var program: String
    public var expectations: [Expectation]
    /// In the display's unit; nil is one step of its last digit.
    public var tolerance: Double?
    /// Of a device that is in a configuration.
    public var gateway: String?
    public var configurationHash: String?
    public var serial: String?
    public var site: String?

    public init(
        _ target: ProbeTarget,
        at kind: Configuration.Bus.Kind,
        by: String,
        program: String,
        expectations: [Expectation],
        tolerance: Double? = nil
    ) {
        self.target = target
        self.by = by
        self.program = program
        self.expectations = expectations
        self.tolerance = tolerance
        switch kind {
        case .modbus(.serial(let path, let settings)):
            endpoint = "\(path) (\(settings))"
            framing = "rtu"
        case .modbus(.tcp(let host, let port)):
            endpoint = ModbusEndpoint.tcp(host: host, port: port).description
            framing = "tcp"
        case .mqtt(let broker):
            endpoint = broker.addresses.map(\.description).joined(separator: ", ")
            framing = "mqtt"
        }
    }

    /// Adds who the device is in a configuration.
    public mutating func identify(_ device: Device, in configuration: Configuration) {
        gateway = configuration.gateway
        configurationHash = configuration.hash
        serial = device.serial
        site = [device.site.name, device.site.kelurahan, device.site.kecamatan].compactMap { $0 }
            .joined(separator: ", ")
    }

    /// Reads a Modbus device that many times.
    ///
    /// - Returns: a report for each round, fewer where the user wanted an end or the bus was not lent.
    public func rounds(
        _ count: Int,
        from bus: any ProbeBus,
        stop: StopFlag,
        time: any TimeSource
    ) -> [DeviceReport] {
        guard let access = target.profile.modbus else { return [] }
        var probe = DeviceProbe(target: target, access: access, bus: bus, time: time, isStopping: { stop.isRaised })
        var reports: [DeviceReport] = []
        for _ in 0..<count where !stop.isRaised {
            guard var report = probe.run() else { break }
            report.diagnose(at: bus.endpoint, othersAnswer: nil)
            reports.append(report)
            // What answers not at all will not answer nine times more.
            if !report.isAnswered { break }
        }
        bus.close()
        return reports
    }

    /// The record of what was read.
    ///
    /// - Parameters:
    ///   - reports: in order; the displays are compared with the first.
    ///   - isWhole: whether all was read that was to be read.
    public func record(
        _ reports: [DeviceReport],
        isWhole: Bool,
        began: Stamp,
        ended: Stamp,
        language: Language
    ) -> CommissioningRecord {
        let comparisons = expectations.map { compare($0, reports.first) }
        let finding = reports.lazy.compactMap(\.finding).first
        let exchanges = reports.flatMap(\.exchanges)
        let isWell = isWhole && !reports.isEmpty && reports.allSatisfy(\.isWell)
        return CommissioningRecord(
            program: program,
            gateway: gateway,
            configurationHash: configurationHash,
            device: target.device,
            serial: serial,
            site: site,
            profile: target.profile.id,
            profileName: target.profile.name,
            profileHash: target.profile.hash,
            bus: target.bus,
            endpoint: endpoint,
            framing: framing,
            unit: target.profile.modbus == nil ? nil : Int(target.unit.number),
            by: by,
            began: began.time.description,
            ended: ended.time.description,
            clock: ended.clock.rawValue,
            rounds: reports.count,
            ok: isWell && comparisons.allSatisfy(\.ok),
            diagnosis: finding?.diagnosis?.rawValue,
            seen: finding?.seen.text(in: language) ?? reports.lazy.compactMap { $0.failure?.text(in: language) }.first,
            next: finding?.next.text(in: language),
            comparisons: comparisons,
            points: points(reports.last),
            requests: CommissioningRecord.Requests(exchanges),
            latency: CommissioningRecord.Latency(exchanges.filter(\.isAnswered).map(\.latency)),
            frames: CommissioningRecord.frames(of: exchanges)
        )
    }

    private func points(_ report: DeviceReport?) -> [CommissioningRecord.PointReading] {
        guard let report else { return [] }
        return zip(target.faces, report.samples).compactMap { face, sample in
            sample.map {
                CommissioningRecord.PointReading(
                    name: face.name,
                    value: $0.value.map { StatusValue($0) },
                    unit: face.unit?.code,
                    quality: $0.quality.rawValue,
                    reason: $0.reason?.word
                )
            }
        }
    }

    private func compare(_ expectation: Expectation, _ report: DeviceReport?) -> CommissioningRecord.Comparison {
        let display = expectation.display
        let index = target.faces.firstIndex { $0.name == expectation.point }
        let sample = index.flatMap { index in
            report.flatMap { $0.samples.indices.contains(index) ? $0.samples[index] : nil }
        }
        let published = index.flatMap { target.faces[$0].unit }
        var reading = sample?.value?.double
        if let unit = display.unit, let published, published.isConvertible(to: unit) {
            reading = reading.map { published.convert($0, to: unit) }
        }
        let tolerance = tolerance ?? display.step
        let difference = reading.map { $0 - display.number.double }
        // What decimal digits cannot say exactly in binary is no difference.
        let grain = abs(display.number.double) * 1e-7
        let shown = sample?.value
        let isConverted = display.unit != nil && display.unit != published
        return CommissioningRecord.Comparison(
            point: expectation.point,
            display: display.text,
            reading: isConverted
                ? reading.flatMap { DecimalNumber($0, significantDigits: 7) }.map { StatusValue(.decimal($0)) }
                : shown.map { StatusValue($0) },
            unit: (display.unit ?? published)?.code,
            difference: difference.flatMap { DecimalNumber($0, significantDigits: 6)?.double },
            tolerance: tolerance,
            ok: difference.map { abs($0) <= tolerance + grain } ?? false
        )
    }
}

extension CommissioningRecord.Requests {
    init(_ exchanges: [ProbeExchange]) {
        // A reply that was thrown away because of the failure before it is that failure's.
        let counted = exchanges.filter { $0.error?.kind != .distrusted }
        sent = counted.count
        answered = counted.count(where: \.isAnswered)
        for exchange in counted {
            switch exchange.error?.kind {
            case nil: break
            case .timeout: timeouts += 1
            case .crc: crcErrors += 1
            case .exception: exceptions += 1
            default: otherErrors += 1
            }
        }
        errorRate = sent == 0 ? 0 : Double(sent - answered) / Double(sent)
    }
}

extension CommissioningRecord.Latency {
    /// Nil without any.
    init?(_ latencies: [Duration]) {
        let sorted = latencies.map(\.inMilliseconds).sorted()
        guard let longest = sorted.last else { return nil }
        medianMs = sorted[sorted.count / 2]
        p99Ms = sorted[min(sorted.count - 1, sorted.count * 99 / 100)]
        longestMs = longest
    }
}

extension CommissioningRecord {
    static func frames(of exchanges: [ProbeExchange]) -> [Frame] {
        var frames: [Frame] = []
        var first: Uptime?
        func add(_ bytes: [UInt8], _ direction: String, at: Uptime) {
            let start = first ?? at
            first = start
            frames.append(Frame(atMs: (at - start).inMilliseconds, direction: direction, bytes: bytes.hexadecimal))
        }
        for exchange in exchanges {
            for frame in exchange.frames {
                add(frame.bytes, frame.direction == .sent ? "sent" : "received", at: frame.at)
            }
            if !exchange.strays.isEmpty, let sent = exchange.frames.last(where: { $0.direction == .sent })?.at {
                add(exchange.strays, "received", at: sent + exchange.strayLatency)
            }
        }
        return frames
    }

    /// A request and what came back until the next one.
    public struct Exchange: Hashable, Sendable {
        public var request: [UInt8]
        /// Nil for silence.
        public var reply: [UInt8]?
        public var latency: Duration
    }

    /// The frames as questions with their answers; what cannot be read of them is left out.
    public var exchanges: [Exchange] {
        var exchanges: [Exchange] = []
        var asked = 0.0
        for frame in frames {
            guard let bytes = frame.octets else { continue }
            if frame.direction == "sent" {
                exchanges.append(Exchange(request: bytes, reply: nil, latency: .zero))
                asked = frame.atMs
            } else if var last = exchanges.popLast() {
                if last.reply == nil { last.latency = .microseconds(Int64(max(0, frame.atMs - asked) * 1_000)) }
                last.reply = (last.reply ?? []) + bytes
                exchanges.append(last)
            }
        }
        return exchanges
    }
}

extension Duration {
    /// To the microsecond.
    fileprivate var inMilliseconds: Double { Double(wholeNanoseconds / 1_000) / 1_000 }
}
