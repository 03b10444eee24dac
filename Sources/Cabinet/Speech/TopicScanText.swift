package import Diagnosing
import Domain
import JSON

/// What a scan of a broker heard, for a person and for a program.
package struct TopicScanText: Sendable {
    private static let few = 10
    private let style: TextStyle
    private let broker: String

    /// - Parameter broker: as in a configuration: `mqtt://127.0.0.1:1883`.
    package init(style: TextStyle, broker: String) {
        self.style = style
        self.broker = broker
    }

    package func progress(_ survey: TopicSurvey, left: Duration) -> StyledText {
        let seconds = Int(left.inSeconds.rounded(.up))
        let sentence = Sentence(ScanPhrase.topicProgress, "\(survey.topics)", "\(survey.messages)", "\(seconds) s")
        return style.dim(style.text(sentence).clipped(style.columns - 1))
    }

    package func lines(_ survey: TopicSurvey, waited: Duration) -> [StyledText] {
        var lines: [StyledText] = []
        let finds = survey.finds
        for find in finds {
            let sentence = Sentence(
                find.node == nil ? ScanPhrase.heard : .heardNode,
                find.profile,
                "\(find.heard)",
                "\(find.of)",
                find.node ?? ""
            )
            lines += wrapped(style.text(sentence), indent: 0).map(style.green)
            lines += find.topics.prefix(4).flatMap { wrapped(StyledText($0), indent: 2) }
            if find.topics.count > 4 { lines.append("  +\(find.topics.count - 4)") }
        }
        let others = survey.unknownTopics
        for topic in others.prefix(Self.few) {
            lines += wrapped(style.dim(style.text(Sentence(ScanPhrase.otherTopics, topic))), indent: 0)
            if let shape = survey.shape(on: topic) { lines += wrapped(style.dim(StyledText(shape)), indent: 2) }
        }
        if others.count > Self.few { lines.append(style.dim("+\(others.count - Self.few)")) }
        if survey.messages == 0 {
            let sentence = Sentence(ScanPhrase.nothingHeard, .text(broker), .duration(waited))
            lines += wrapped(style.red(style.text(sentence)), indent: 0)
            lines += wrapped(style.text(ScanPhrase.checkListening), indent: 0)
        }
        if !finds.isEmpty {
            lines += ["", style.text(ScanPhrase.lines)]
            let proposal = ScanProposal.lines(finds, broker: broker, columns: style.columns, remark: remark)
            lines += proposal.map { StyledText($0) } + [""]
        }
        lines.append(style.bold(style.text(Sentence(ScanPhrase.topicSummary, "\(finds.count)", "\(survey.topics)"))))
        return lines
    }

    private func remark(_ find: TopicSurvey.Find) -> String? {
        find.interval.map {
            Sentence(ScanPhrase.interval, .duration($0)).text(in: style.language)
        }
    }

    private func wrapped(_ text: StyledText, indent: Int) -> [StyledText] {
        StyledText.wrapped(text, to: style.columns - indent).map { StyledText(blank: indent) + $0 }
    }

    /// A device that was recognised.
    package static func json(_ find: TopicSurvey.Find) -> String {
        var text = JSONText()
        var members: [(String, DataValue)] = [("found", .bool(true)), ("profile", .string(find.profile))]
        if let node = find.node { members.append(("node", .string(node))) }
        members += [
            ("topics", .array(find.topics.map { .string($0) })), ("heard", .integer(find.heard)),
            ("messages", .integer(find.of)),
        ]
        text.object(members)
        return String(decoding: text.bytes, as: UTF8.self)
    }
}
