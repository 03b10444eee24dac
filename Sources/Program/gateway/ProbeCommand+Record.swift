import ArgumentParser
import Asking
import Commands
import Control
import Diagnosing
import Domain
import Glibc
import Installation
import JSON
import MQTT
import Platform
import Profiles
import Records
import Speech

extension ProbeCommand {
    /// Reads one device several times and writes its commissioning record.
    func record(to file: String, stop: StopFlag) throws -> ExitCode {
        let subject = try subjectOfRecord()
        let time = subject.clock
        let (target, kind, device, configuration) = (
            subject.target, subject.kind, subject.device, subject.configuration
        )
        // Check this before the device is read, which may take minutes.
        guard let files = files(named: file, device, configuration, at: time.stamp().time) else { return .wrongUse }
        var commissioning = Commissioning(
            target,
            at: kind,
            by: recording.by ?? "",
            program: "gateway \(Version.text)",
            expectations: try expectations(of: target),
            tolerance: expectation.tolerance
        )
        if let device, let configuration { commissioning.identify(device, in: configuration) }
        let began = time.stamp()
        let reports: [DeviceReport]
        let wanted: Int
        switch kind {
        case .modbus(let endpoint):
            wanted = recording.rounds
            reports = try onLine(endpoint, stop: stop, time: time) { bus in
                DeviceProbe.rounds(wanted, of: target, from: bus, stop: stop, time: time)
            }
        case .stream(let endpoint):
            wanted = 1
            reports = [listen(target, endpoint, stop: stop)]
        case .mqtt:
            wanted = 1
            reports = try configuration.map { try listen(target, kind, of: $0, stop: stop) } ?? []
        }
        let style = report.style
        guard Commissioning.isProved(by: reports) else {
            refuse(reports)
            return .field
        }
        let record = commissioning.record(
            reports,
            isWhole: reports.count == wanted && !stop.isRaised,
            began: began,
            ended: time.stamp(),
            told: reports.told(in: style.language)
        )
        guard write(record, to: files, offset: LocalTime.offset(at: began.time)) else { return .wrongUse }
        tell(record, reports.last, files)
        return record.ok ? .success : .field
    }

    /// What a record is made of; `device` and `configuration` are nil for a device that is in no configuration.
    private struct RecordSubject {
        var target: ProbeTarget
        var kind: Configuration.Bus.Kind
        var device: Device?
        var configuration: Configuration?

        /// The box' clock, trusted where the configuration says so.
        var clock: SystemClock { SystemClock(trusted: configuration?.clockTrusted ?? false) }
    }

    private func subjectOfRecord() throws -> RecordSubject {
        if let profile {
            if let (endpoint, target) = try streamTarget(profile: profile) {
                return RecordSubject(target: target, kind: .stream(endpoint))
            }
            let (endpoint, target) = try target(profile: profile)
            return RecordSubject(target: target, kind: .modbus(endpoint))
        }
        guard devices.count == 1 else { throw wrongUse(.recordOneDevice) }
        let loaded = try options.load()
        LocalTime.setZone(loaded.timezone)
        let device = try loaded.device(named: devices[0])
        // A device's bus is in the configuration, or had problems and was not loaded.
        guard let bus = loaded.buses.first(where: { $0.id == device.bus }) else { throw ExitCode.wrongUse }
        return RecordSubject(target: ProbeTarget(device), kind: bus.kind, device: device, configuration: loaded)
    }

    /// The record's two files: as named, or by device and day in the box' folder of records; nil after printing the
    /// obstacle.
    private func files(
        named file: String,
        _ device: Device?,
        _ configuration: Configuration?,
        at now: Instant
    ) -> RecordFiles? {
        if !file.isEmpty {
            let files = RecordFiles(named: file)
            guard let taken = files.taken else { return files }
            complain(AtomicFile.canReplace(taken) ? VerifyPhrase.recordExists : .notReplaceable, taken)
            return nil
        }
        guard let device, let configuration else {
            complain(UsagePhrase.recordNeedsFile)
            return nil
        }
        let folder = configuration.storage.path + "/records"
        // The package makes it, for everybody of the group gateway.
        if access(folder, F_OK) != 0 { mkdir(folder, 0o770) }
        guard access(folder, W_OK | X_OK) == 0 else {
            complain(Sentence(VerifyPhrase.noHome, .text(folder), .words(String(cString: strerror(errno)))))
            return nil
        }
        let day = (now + .seconds(LocalTime.offset(at: now))).description.prefix(10)
        return RecordFiles.free(in: folder, device: device.id, day: String(day))
    }

    /// Writes the record's two files; prints the error if it could not.
    private func write(_ record: CommissioningRecord, to files: RecordFiles, offset: Int64) -> Bool {
        do {
            try AtomicFile.create(record.text(in: report.style.language, offset: offset), at: files.text)
            try AtomicFile.create(try record.json, at: files.json)
            return true
        } catch let error as SystemError where error.code == EEXIST {
            complain(VerifyPhrase.recordExists, files.text)
        } catch {
            complain(error)
        }
        return false
    }

    /// Says why there is no record: nothing was asked, so it would prove nothing.
    private func refuse(_ reports: [DeviceReport]) {
        let style = report.style
        if let last = reports.last {
            let text = ReportText(style: style, names: [last.target.name])
            Commands.show(
                report.json
                    ? [StyledText(json: ReportJSON.line(last, language: style.language))]
                    : text.lines(last, allPoints: true)
            )
        }
        complain(VerifyPhrase.nothingAsked)
    }

    /// `discharge=12.53`, or a bare value for the first point that is a number.
    private func expectations(of target: ProbeTarget) throws -> [Commissioning.Expectation] {
        let names = target.faces.map(\.name)
        return try expectation.expect.map { text in
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard let point = parts.count == 2 ? parts[0] : names.first, names.contains(point) else {
                throw wrongUse(.noSuchPoint, text, target.profile.id, names.joined(separator: ", "))
            }
            do throws(DisplayValue.Flaw) {
                return Commissioning.Expectation(point: point, display: try DisplayValue(parts[parts.count - 1]))
            } catch {
                throw wrongUse(.expectPoint, text, point, error.sentence.text(in: .ofThisCommand))
            }
        }
    }

    private func listen(
        _ target: ProbeTarget,
        _ kind: Configuration.Bus.Kind,
        of configuration: Configuration,
        stop: StopFlag
    ) throws -> [DeviceReport] {
        ProbeTurn.take(options.config, stop: stop, time: SystemClock())
        var reports: [DeviceReport] = []
        let bus = Configuration.Bus(id: target.bus, kind: kind)
        try fieldProbe(of: configuration, stop: stop).run([(bus, [target])], stop: stop) { reports.append($0) }
        return reports
    }

    private func tell(_ record: CommissioningRecord, _ last: DeviceReport?, _ files: RecordFiles) {
        let style = report.style
        if report.json {
            if let last { Commands.show(json: ReportJSON.line(last, language: style.language).utf8) }
            var text = JSONText()
            text.object([("record", .string(files.json)), ("ok", .bool(record.ok))])
            Commands.show(json: text.bytes)
            return
        }
        if let last {
            let text = ReportText(style: style, names: [last.target.name])
            Commands.show(text.lines(last, allPoints: true))
        }
        for comparison in record.comparisons where !comparison.ok {
            let unit = comparison.unit.map { " " + $0 } ?? ""
            let reading = (comparison.reading.map(style.language.value) ?? "-") + unit
            let differs = Sentence(VerifyPhrase.differs, comparison.point, comparison.display, reading)
            Commands.show(StyledText.wrapped(style.text(differs), to: style.columns))
        }
        let phrase: VerifyPhrase = record.ok ? .recorded : .recordedFailed
        Commands.show(StyledText.wrapped(style.text(Sentence(phrase, files.text, files.json)), to: style.columns))
        if record.ok, let device = record.device {
            let name = style.language == Language.id ? "NAMA" : "NAME"
            let command = "gateway verify \(device) --by \(name) --record \(files.json)"
            let next = style.text(Sentence(VerifyPhrase.verifyNext, command))
            Commands.show(StyledText.wrapped(next, to: style.columns))
        }
    }
}
