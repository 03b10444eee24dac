import ArgumentParser
import CityConfiguration
import Commands
import Completeness
import Contract
import Domain
import Foundation
import JSON
import Platform
import Speech
import Store

/// Says whether everything of a day is there, and what is not and why.
struct CompleteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "complete",
        abstract: spoken(CityHelpPhrase.complete)
    )

    /// Ranges of one absence that are shown to a person.
    private static let mostRanges = 8

    @OptionGroup var options: CityOptions

    @Argument(help: .said(CityHelpPhrase.gateway))
    var gateway: String?

    @Option(name: .long, help: .said(CityHelpPhrase.day))
    var day: String?

    @Flag(name: .long, help: .said(CityHelpPhrase.ask))
    var ask = false

    @Flag(name: .long, help: .said(CityHelpPhrase.json))
    var json = false

    func run() throws {
        let settings = try options.load()
        let now = SystemClock().stamp().time
        let yesterday = settings.zone.day(of: now) + -1
        guard let day = self.day.map({ Day($0) }) ?? yesterday else {
            throw ValidationError(spoken(CityPhrase.noDay, self.day ?? ""))
        }
        var worst = Verdict.complete
        do throws(StoreError) {
            let ledgers = LedgerBook(
                try settings.connect(as: "gateway-city complete"),
                destination: settings.destination
            )
            for (id, name) in try gateways(ledgers, before: settings.zone.start(of: day + 1)) {
                let (judgement, until) = try ledgers.judgement(of: id, on: day, zone: settings.zone, now: now)
                worst = Verdict.worst([worst, judgement.verdict])
                let open = until < settings.zone.start(of: day + 1) ? until : nil
                if json {
                    show(judgement, of: name, on: day, until: open)
                } else {
                    say(judgement, of: name, on: day, until: open)
                }
                if ask, !judgement.askable.isEmpty {
                    try ledgers.ask(id, for: judgement.askable)
                    let count = judgement.askable.reduce(0) { $0 + $1.numbers.count }
                    if !json { Commands.show(spoken(CityPhrase.asked, "\(count)", name)) }
                }
            }
        } catch {
            complain(error)
            throw ExitCode.field
        }
        if worst == .incomplete || worst == .open { throw ExitCode.field }
    }

    private func gateways(
        _ ledgers: LedgerBook,
        before moment: Instant
    ) throws(StoreError) -> [(id: Int32, name: String)] {
        guard let gateway else { return try ledgers.gateways(before: moment) }
        guard let id = try ledgers.gateway(named: gateway) else {
            throw StoreError(.refused, detail: spoken(CityPhrase.noGateway, gateway))
        }
        return [(id, gateway)]
    }

    private func show(_ judgement: SpanJudgement, of name: String, on day: Day, until: Instant?) {
        var line = JSONText()
        var members: [(String, DataValue)] = [
            ("gateway", .string(name)), ("day", .string(day.description)),
        ]
        if let until { members.append(("until", .string(until.description))) }
        if case .object(let more) = judgement.data { members += more.map { ($0.key, $0.value) } }
        line.object(members)
        Commands.show(json: line.bytes)
    }

    private func say(_ judgement: SpanJudgement, of name: String, on day: Day, until: Instant?) {
        let soFar = until.map { ", " + spoken(CityPhrase.until, LocalTime.clock(at: $0), LocalTime.zone(at: $0)) } ?? ""
        Commands.show("\(name)  \(day)  " + words(of: judgement) + soFar)
        for absence in judgement.absences {
            let ranges = absence.numbers.ranges
            let shown =
                SeqRanges(ranges.prefix(Self.mostRanges)).description
                + (ranges.count > Self.mostRanges ? " ..." : "")
            let why = spoken(absence.why.phrase, absence.why.word)
            let what = absence.numbers.isEmpty ? "" : spoken(CityPhrase.numbers, shown, "\(absence.count)") + ": "
            Commands.show("  " + spoken(CityPhrase.epoch, absence.epoch) + ": " + what + why)
        }
        for crash in judgement.crashes {
            Commands.show("  " + spoken(CityPhrase.killed, crash.epoch, "\(crash.above)"))
        }
        if judgement.hasNewJournal { Commands.show("  " + spoken(CityPhrase.newJournal)) }
    }

    private func words(of judgement: SpanJudgement) -> String {
        switch judgement.verdict {
        case .complete: spoken(CityPhrase.complete)
        case .givenUp: spoken(CityPhrase.givenUp)
        case .open: spoken(CityPhrase.open)
        case .incomplete: spoken(CityPhrase.incomplete, "\(judgement.missing)")
        }
    }
}

extension Absence.Why {
    fileprivate var phrase: CityPhrase {
        switch self {
        case .told: .told
        case .onTheirWay: .onTheirWay
        case .gatewayAway: .gatewayAway
        case .lostBehindGateway: .lostBehindGateway
        case .moreThanTold: .moreThanTold
        case .endUnknown: .endUnknown
        }
    }
}
