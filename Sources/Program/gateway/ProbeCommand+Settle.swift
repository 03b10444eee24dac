import ArgumentParser
import Asking
import Commands
import Diagnosing
import Documents
import Domain
import Glibc
import Importing
import Modbus
import Platform
import Profiles
import Speech

extension ProbeCommand {
    /// Whether the values are named by points of a profile, to settle what it leaves open.
    var settles: Bool {
        recording.record == nil && profile != nil && !expectation.expect.isEmpty
            && expectation.expect.allSatisfy { text in
                text.contains("=") && Identifier.isPointName(String(text.prefix { $0 != "=" }))
            }
    }

    /// Reads the named points in every way that the profile's blanks leave open, keeps what the display shows, and
    /// writes it into the file.
    func settle(_ name: String, stop: StopFlag) throws -> ExitCode {
        let file = try draftFile(of: name)
        let log = ProblemLog()
        guard let text = Document.text(ofFile: file, log: log) else {
            printProblems(log)
            return .wrongUse
        }
        let open = DraftBlanks.open(in: text)
        // The printed numbers are the addresses of `from_0`; the ways shift them.
        let plain = DraftBlanks.filled(text).replacing("  numbering: from_1", with: "  numbering: from_0")
        guard let profile = DraftBlanks.profile(plain, id: name, log: log) else {
            printProblems(log)
            return .wrongUse
        }
        let questions = try expectation.expect.map { try question($0, in: profile) }
        for question in questions where DraftBlanks.hasOwnOrder(question.point.name, in: text) && open.order == nil {
            complain(SettlePhrase.ownOrder, question.point.name)
            return .wrongUse
        }
        let time = SystemClock()
        let endpoint = try line.endpoint(standard: profile.modbus?.line ?? SerialSettings())
        let unit = UnitID(line.unit ?? 1)
        var settlement = Settlement(
            shifts: open.isNumberingOpen ? nil : [open.numbering?.first ?? 0],
            isTableOpen: open.isTableOpen,
            orders: open.order.map { [$0] } ?? WordOrder.asTried,
            tolerance: expectation.tolerance
        )
        show(spoken(SettlePhrase.title, questions.map(\.point.name).joined(separator: ", "), file))
        return try onLine(endpoint, stop: stop, time: time) { bus in
            for question in questions {
                let words = try words(settlement.ranges(of: question.point), unit, bus, stop: stop)
                if words.isEmpty {
                    show(spoken(SettlePhrase.silent))
                    return .field
                }
                settlement.take(question) { words[$0] }
                guard settlement.ways?.isEmpty == false else {
                    show(
                        spoken(
                            SettlePhrase.noWay,
                            "\(question.point.name) = \(question.display.text)",
                            question.display.text
                        )
                    )
                    return .field
                }
            }
            return try conclude(settlement, open, text, file, questions)
        }
    }

    private func words(
        _ ranges: [RegisterRange],
        _ unit: UnitID,
        _ bus: any ProbeBus,
        stop: StopFlag
    ) throws -> [RegisterRange: [UInt16]] {
        var words: [RegisterRange: [UInt16]] = [:]
        for range in ranges where !stop.isRaised {
            let timing = ReplyTiming(replyTime: .seconds(1), worstReply: .seconds(1))
            let exchange = try bus.exchange(ProbeRequest(unit: unit, range: range, timing: timing))
            if let block = exchange.block {
                words[range] = Array(block.words)
            } else if let finding = Diagnoser().finding(of: [exchange], at: bus.endpoint),
                exchange.error?.isOfTheBus == true
            {
                show(FindingText.lines(finding.namingHolder, style: report.style))
                throw ExitCode.field
            }
        }
        return words
    }

    /// Says what is settled and what is not, and writes it where that is wanted.
    private func conclude(
        _ settlement: Settlement,
        _ open: DraftBlanks.Open,
        _ text: String,
        _ file: String,
        _ questions: [Settlement.Question]
    ) throws -> ExitCode {
        let numbering = settlement.shift.map { $0.isMultiple(of: 10) ? "from_0" : "from_1" }
        func say(_ part: String?, _ settled: SettlePhrase, _ left: SettlePhrase) {
            show("  " + (part.map { spoken(settled, $0) } ?? spoken(left)))
        }
        if open.isNumberingOpen { say(numbering, .settledNumbering, .openNumbering) }
        if open.isTableOpen { say(settlement.table?.rawValue, .settledTable, .openTable) }
        if open.order == nil { say(settlement.order?.rawValue, .settledOrder, .openOrder) }
        let shown = questions.map { "\($0.point.name) \($0.display.text)" }.joined(separator: ", ")
        let settled = DraftBlanks.settled(
            text,
            shift: settlement.shift,
            table: settlement.table,
            order: settlement.order,
            remark: "as the display shows: \(shown)"
        )
        guard settled != text else { return open.isNothing ? .success : .field }
        if !expectation.write {
            guard isatty(STDIN_FILENO) == 1, Terminal.columns != nil else {
                show(spoken(SettlePhrase.addWrite, file))
                return .success
            }
            print(StyledText(spoken(SettlePhrase.ask, file)).terminal, terminator: "")
            fflush(nil)
            let answer = StandardInput.line(stop: StopFlag())?.lowercased().trimmingPrefix(" ") ?? ""
            guard answer.hasPrefix("y") else { return .success }
        }
        do throws(SystemError) {
            try AtomicFile.write(settled, to: file)
        } catch {
            complain(error)
            return .wrongUse
        }
        show(spoken(SettlePhrase.written, file))
        return .success
    }

    private func question(_ text: String, in profile: Profile) throws -> Settlement.Question {
        let name = String(text.prefix { $0 != "=" })
        guard let point = profile.points.first(where: { $0.name == name }) else {
            throw wrongUse(.noSuchPoint, text, profile.id, profile.points.map(\.name).joined(separator: ", "))
        }
        guard case .registers(_, let type, _) = point.origin, type != .string, type != .bool else {
            throw ValidationError(spoken(SettlePhrase.noValue, name))
        }
        do throws(DisplayValue.Flaw) {
            return Settlement.Question(point: point, display: try DisplayValue(text.dropFirst(name.count + 1)))
        } catch {
            throw wrongUse(.expectPoint, text, name, error.sentence.text(in: .ofThisCommand))
        }
    }

    /// The file of a profile: in the folder that was named last, as everywhere.
    private func draftFile(of name: String) throws -> String {
        let folders = options.profileOptions.profiles.reversed() + ["/etc/gateway/devices"]
        if let folder = folders.first(where: { access("\($0)/\(name).yaml", R_OK) == 0 }) {
            return "\(folder)/\(name).yaml"
        }
        complain(SettlePhrase.noFile, name, folders.joined(separator: ", "))
        throw ExitCode.wrongUse
    }
}
