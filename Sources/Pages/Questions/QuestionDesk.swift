import BoxPages
import Control
import Diagnosing
package import Domain
import Installation
package import PageParts
import Platform
import Records
import Speech

/// Answers what a person asks with a form. It blocks: the server calls it on a thread that may wait.
package struct QuestionDesk: Sendable {
    /// How often a record reads the device.
    private static let rounds = 10
    private static let watchTime = Duration.seconds(60)

    private let questions: FieldQuestions
    private let program: String
    private let time: any TimeSource

    /// - Parameter program: name and version, for records.
    package init(_ questions: FieldQuestions, program: String, time: any TimeSource) {
        self.questions = questions
        self.program = program
        self.time = time
    }

    /// - Parameter send: called with each piece of the page; returns whether the reader is still there.
    package func answer(
        _ form: [String: String],
        of device: String,
        telling: Telling,
        send: (HTML) -> Bool
    ) {
        let answer = QuestionAnswer(device, telling: telling)
        do throws(FieldQuestions.Refusal) {
            let subject = try questions.subject(device)
            switch Self.wanted(form) {
            case "watch": try watch(subject, answer, send)
            case "compare": _ = send(try compare(form, subject, answer, telling))
            case "record": _ = send(try record(form, subject, answer, telling))
            default: _ = send(answer.asked(try questions.rounds(1, of: subject).first))
            }
        } catch {
            _ = send(answer.refused(error))
        }
    }

    /// What a form asks for. Whoever presses Enter in a field asks for what its last filled field is for.
    private static func wanted(_ form: [String: String]) -> String? {
        func isFilled(_ field: String) -> Bool { !(form[field] ?? "").allSatisfy(\.isWhitespace) }
        guard form["do"] == "entered" else { return form["do"] }
        return isFilled("by") ? "record" : isFilled("display") ? "compare" : "ask"
    }

    private func watch(
        _ subject: FieldQuestions.Subject,
        _ answer: QuestionAnswer,
        _ send: (HTML) -> Bool
    ) throws(FieldQuestions.Refusal) {
        guard send(answer.watchBegins) else { return }
        let state = try questions.watch(subject, for: Self.watchTime) { state in
            send(answer.piece(state, now: time.uptime(), limit: Self.watchTime))
        }
        _ = send(answer.watchEnds(state, now: time.uptime()))
    }

    private func compare(
        _ form: [String: String],
        _ subject: FieldQuestions.Subject,
        _ answer: QuestionAnswer,
        _ telling: Telling
    ) throws(FieldQuestions.Refusal) -> HTML {
        let text = form["display"] ?? ""
        let display: DisplayValue
        do throws(DisplayValue.Flaw) {
            display = try DisplayValue(text)
        } catch {
            return answer.notice(telling.text(QuestionPhrase.noDisplay, text, telling.text(error.sentence)))
        }
        let expectation = Commissioning.Expectation(point: point(form, subject), display: display)
        let reports = try questions.rounds(1, of: subject)
        let record = self.record(of: subject, by: "", reports, [expectation], began: subject.clock.stamp(), telling)
        guard let comparison = record.comparisons.first else { return answer.asked(reports.first) }
        let face = subject.target.faces.first { $0.name == comparison.point }
        let title = telling.language.title(comparison.point, face?.words?.label)
        guard !comparison.ok, reports.first?.isAnswered == true, display.number != .zero else {
            return answer.compared(comparison, title: title, found: [])
        }
        let style = TextStyle(language: telling.language, columns: 60)
        let words = ExpectationText(style: style, profile: subject.device.profile, isPage: true)
        var found: [StyledText] = []
        _ = try questions.search(display, in: subject) { found += words.lines($0) }
        return answer.compared(comparison, title: title, found: found)
    }

    private func record(
        _ form: [String: String],
        _ subject: FieldQuestions.Subject,
        _ answer: QuestionAnswer,
        _ telling: Telling
    ) throws(FieldQuestions.Refusal) -> HTML {
        let by = (form["by"] ?? "").split(separator: " ").joined(separator: " ")
        guard !by.isEmpty else { return answer.notice(telling.text(QuestionPhrase.noName)) }
        var expectations: [Commissioning.Expectation] = []
        let text = form["display"] ?? ""
        if !text.allSatisfy(\.isWhitespace) {
            do throws(DisplayValue.Flaw) {
                expectations = [.init(point: point(form, subject), display: try DisplayValue(text))]
            } catch {
                return answer.notice(telling.text(QuestionPhrase.noDisplay, text, telling.text(error.sentence)))
            }
        }
        let began = subject.clock.stamp()
        let reports = try questions.rounds(Self.rounds, of: subject)
        guard Commissioning.isProved(by: reports) else { return answer.asked(reports.first) }
        return answer.record(record(of: subject, by: by, reports, expectations, began: began, telling))
    }

    private func record(
        of subject: FieldQuestions.Subject,
        by name: String,
        _ reports: [DeviceReport],
        _ expectations: [Commissioning.Expectation],
        began: Stamp,
        _ telling: Telling
    ) -> CommissioningRecord {
        var commissioning = Commissioning(
            subject.target,
            at: .modbus(subject.endpoint),
            by: name,
            program: program,
            expectations: expectations
        )
        commissioning.identify(subject.device, in: subject.configuration)
        return commissioning.record(
            reports,
            isWhole: reports.count == Self.rounds,
            began: began,
            ended: subject.clock.stamp(),
            told: reports.told(in: telling.language)
        )
    }

    private func point(_ form: [String: String], _ subject: FieldQuestions.Subject) -> String {
        let names = subject.target.faces.map(\.name)
        return form["point"].flatMap { names.contains($0) ? $0 : nil } ?? names.first ?? ""
    }
}
