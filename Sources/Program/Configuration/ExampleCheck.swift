public import Documents
import Installation

/// Refuses an example that nobody has made a box's own: two boxes with one id push each other off the broker.
public enum ExampleCheck {
    private static let message: Message =
        "is the example's id; write this box's own, and its own destinations, or run: gateway init"
    private static let messageOfInit: Message = "is the example's id; write this box's own, and its own destinations"

    /// A check refuses it, a start does not. A real box may have the example's id too. The example differs from it by
    /// its destinations: their names end in `.example`, which RFC 2606 keeps free for examples.
    static func check(_ id: String?, _ node: DocumentNode?, _ destinations: [Destination]) {
        guard let node, id == CityDefaults.built.exampleID, !destinations.isEmpty,
            destinations.allSatisfy({ $0.broker.addresses.allSatisfy { $0.host.hasSuffix(".example") } })
        else { return }
        node.failCheck(message)
    }

    /// The problem as `gateway init` says it, which need not say that it could be run.
    public static func saidByInit(_ problem: Problem) -> Problem {
        guard problem.message == message else { return problem }
        var problem = problem
        problem.message = messageOfInit
        return problem
    }
}
