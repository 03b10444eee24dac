import Control
import Domain
import Indicators
import Installation

/// What pages show besides the status.
extension ControlDesk {
    func answerHistory(_ json: String) -> [UInt8] {
        guard let request = HistoryRequest(json: json) else {
            return ControlRequest.error("history needs a span, `recent` or `day`, and whether buses are wanted")
        }
        return history.answer(request)
    }

    /// The configuration's files as they were read.
    var configurationText: ConfigurationText {
        let configuration = configuration()
        return ConfigurationText(
            hash: configuration.hash,
            files: configuration.files.map { ConfigurationText.File(path: $0.path, text: $0.text) }
        )
    }

    /// Answers as soon as the figures' thread has made them.
    func answerFigures(_ json: String, _ call: ControlCall) {
        guard let request = FigureRequest(json: json), let window = WindowKind(rawValue: request.window) else {
            let windows = WindowKind.allCases.map(\.rawValue).joined(separator: ", ")
            let most = FigureRequest.mostBefore
            return call.answer(ControlRequest.error("figures need a window (\(windows)), and 0 to \(most) before it"))
        }
        let question = FigureQuestion(
            window: window,
            before: request.before,
            scope: request.scope,
            indicator: request.indicator
        )
        let isTaken = figures.askToView(question) { views in
            call.answer(FigureReport(figures: views.map(FigureReport.Entry.init)).json)
        }
        if !isTaken { call.answer(ControlRequest.error("too many ask for figures; ask again later")) }
    }
}

extension FigureReport.Entry {
    fileprivate init(_ view: FigureView) {
        self.init(
            name: view.name,
            message: String(decoding: view.payload, as: UTF8.self),
            devices: view.devices,
            registered: view.registered,
            before: view.before.map(FigureReport.Step.init),
            closed: view.closed.map { String(decoding: $0, as: UTF8.self) }
        )
    }
}

extension FigureReport.Step {
    fileprivate init(_ figure: Figure) {
        var value: String?
        switch figure.value {
        case .number(let number): value = number.description
        case .word(let word): value = word
        case nil: break
        }
        self.init(
            from: figure.window.from.description,
            value: value,
            quality: figure.quality.rawValue,
            reason: figure.doubt?.word,
            completeness: figure.completeness?.double
        )
    }
}
