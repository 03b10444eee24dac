public import Domain

/// Runs each action on a thread of its own; where the machine has no thread for one, it runs here.
///
/// - Returns: whether all had ended by the deadline; an unfinished one is left behind.
@discardableResult
public func inParallel(
    _ actions: [@Sendable () -> Void],
    until deadline: Uptime,
    time: any TimeSource
) -> Bool {
    var threads: [WorkerThread] = []
    for action in actions {
        do { threads.append(try WorkerThread(name: "stopping", body: action)) } catch { action() }
    }
    return threads.map { $0.join(until: deadline, time: time) }.allSatisfy { $0 }
}
