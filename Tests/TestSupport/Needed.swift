/// What tests cannot do without (a thread, a descriptor): a machine without it ends them with the reason.
public func needed<Made>(_ make: @autoclosure () throws -> Made) -> Made {
    do { return try make() } catch { fatalError("\(error)") }
}
