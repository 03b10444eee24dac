import Domain

/// The wanted values of a JSON document: the paths to them, as a tree.
public struct JSONSelection: Sendable {
    /// A member that leads to a wanted value, or is a wanted value.
    struct Member: Sendable {
        let name: ExactText
        var selection: JSONSelection
    }

    /// The whole document.
    public static let all = JSONSelection(isWhole: true)

    /// The value itself is wanted, with everything in it.
    private(set) var isWhole = false
    private(set) var members: [Member] = []
    private(set) var elements: [Int: JSONSelection] = [:]
    /// One more than the greatest index of a wanted element.
    private(set) var elementCount = 0
    /// What is wanted of every element, where one of them is found by a member.
    private(set) var everyElement: Box?

    final class Box: Sendable {
        let selection: JSONSelection

        init(_ selection: JSONSelection) { self.selection = selection }
    }

    /// Whether an element, or one after it, is wanted.
    func keepsElement(_ index: Int) -> Bool { everyElement != nil || index < elementCount }

    /// What is wanted of an element; nil for nothing.
    func element(_ index: Int) -> JSONSelection? {
        guard let everyElement else { return elements[index] }
        return elements[index] == nil ? everyElement.selection : .all
    }

    private init(isWhole: Bool) { self.isWhole = isWhole }

    public init(_ paths: some Sequence<JSONPath>) {
        for path in paths { add(path.steps[...]) }
    }

    private mutating func add(_ steps: ArraySlice<JSONPath.Step>) {
        switch steps.first {
        case nil: isWhole = true
        case .key(let key):
            let name = ExactText(key)
            let index = members.firstIndex { $0.name == name } ?? members.count
            if index == members.count { members.append(Member(name: name, selection: JSONSelection([]))) }
            members[index].selection.add(steps.dropFirst())
        case .index(let index):
            elements[index, default: JSONSelection([])].add(steps.dropFirst())
            elementCount = max(elementCount, index + 1)
        case .element(let member, _):
            var every = everyElement?.selection ?? JSONSelection([])
            every.add([.key(member)])
            every.add(steps.dropFirst())
            everyElement = Box(every)
        }
    }
}
