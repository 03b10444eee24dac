import Domain

/// The figures that somebody wants to see, with the windows before the open one.
public struct FigureQuestion: Sendable {
    public var window: WindowKind
    /// How many windows before.
    public var before: Int
    /// The beginning of the scopes; nil for all but those of single devices.
    public var scope: String?
    /// One indicator; nil for all.
    public var indicator: String?

    public init(window: WindowKind, before: Int, scope: String? = nil, indicator: String? = nil) {
        self.window = window
        self.before = before
        self.scope = scope
        self.indicator = indicator
    }

    func wants(scope name: String) -> Bool { scope.map { name.hasPrefix($0) } ?? !name.hasPrefix("device-") }

    func wants(_ figure: Figure) -> Bool { indicator.map { $0 == figure.indicator.id } ?? true }
}

/// A question on its way: the thread of the figures answers it piece by piece, so that readings wait for no page.
struct FigureLook: Sendable {
    let question: FigureQuestion
    let answer: @Sendable ([FigureView]) -> Void
    /// The open windows that are still to be viewed; nil before the first piece.
    var left: [Figure]?
    var found: [FigureView] = []

    init(_ question: FigureQuestion, answer: @escaping @Sendable ([FigureView]) -> Void) {
        self.question = question
        self.answer = answer
    }
}

extension FigureRound {
    /// How long the questions together may take between two rounds.
    private static let share = Duration.milliseconds(100)

    /// Answers what can be answered in a piece of time; the rest stays in the list.
    mutating func work(on looks: inout [FigureLook]) {
        let end = around.time.uptime() + Self.share
        while !looks.isEmpty, around.time.uptime() < end {
            var look = looks.removeFirst()
            step(&look, until: end)
            if look.left?.isEmpty == true { look.answer(look.found) } else { looks.append(look) }
        }
    }

    private mutating func step(_ look: inout FigureLook, until end: Uptime) {
        let stamp = around.time.stamp()
        let question = look.question
        // Without a clock there are no windows.
        guard stamp.clock == .synchronised else {
            look.left = []
            return
        }
        var left =
            look.left
            ?? engine.current(question.window, now: stamp.time, where: question.wants(scope:)).filter(question.wants)
            .reversed()
        while let figure = left.popLast() {
            look.found.append(engine.view(of: figure, before: question.before, now: stamp.time))
            if around.time.uptime() >= end { break }
        }
        look.left = left
    }
}
