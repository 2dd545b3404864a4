import Diagnostics
import SpecFormatting
import Testing

@Suite("The one layout")
struct LayoutTests {
  private func expect(
    _ text: String,
    becomes expected: String,
    location: Testing.SourceLocation = #_sourceLocation
  ) throws {
    let formatted = try FormattedText(text, location: location)
    #expect(formatted.text == expected, sourceLocation: location)
    formatted.expectSameMeaning(location: location)
  }

  @Test("two spaces a level, lists below their keys included; no blanks at the ends of lines; one blank line at most")
  func spacing() throws {
    try expect(
      """


      a:
          b:   1
          c :
          - x   # why
          -   y


          -
            d: 1
            e: 2


      f: 2
      """,
      becomes: """
        a:
          b: 1
          c:
            - x # why
            - y

            - d: 1
              e: 2

        f: 2

        """
    )
  }

  @Test("keys of records stand in the order of the language, with what belongs to them; others stay where they were")
  func order() throws {
    try expect(
      """
      # A header.

      # The team.
      owner: web
      x-note: of the team
      service: shop # the shop
      nines: v1
      journeys:
        # What people do.
        buy:
          objectives: { paid: requests >= 99% over 28d }
          title: Buy
        browse: { objectives: { seen: requests >= 99% over 28d }, title: Browse }
      indicators:
        requests:
          valid: all_total
          good: good_total
      """,
      becomes: """
        # A header.

        nines: v1
        service: shop # the shop
        # The team.
        owner: web
        x-note: of the team
        indicators:
          requests:
            good: good_total
            valid: all_total
        journeys:
          # What people do.
          buy:
            title: Buy
            objectives: { paid: requests >= 99% over 28d }
          browse: { title: Browse, objectives: { seen: requests >= 99% over 28d } }

        """
    )
  }

  @Test("no key moves in front of an anchor that it needs, or in a document that is no spec")
  func anchors() throws {
    let text = """
      nines: v1
      service: shop
      journeys:
        a: { title: &words A thing, objectives: {} }
      indicators:
        b: { title: *words, good: x }

      """
    #expect(try FormattedText(text).text == text)
    #expect(try FormattedText("service: a\nother: b\nnines-version: c\n").text.hasPrefix("service"))
  }

  @Test("brackets stay where all of it fits on a line, and become a block where not")
  func brackets() throws {
    let words = (1...20).map { "word-\($0)" }.joined(separator: ", ")
    try expect(
      """
      a: {b: 1,c: [ x,y ], "d": {}, e: [] , f}
      long: [\(words)]
      - nested: no
      """.replacing("\n- nested: no", with: "\nnested: [{ a: [\(words)], b: 2 }, { c: 3 }]"),
      becomes: """
        a: { b: 1, c: [x, y], 'd': {}, e: [], f }
        long:
        \((1...20).map { "  - word-\($0)" }.joined(separator: "\n"))
        nested:
          - a:
        \((1...20).map { "      - word-\($0)" }.joined(separator: "\n"))
            b: 2
          - { c: 3 }

        """
    )
  }

  @Test("a comment between brackets keeps its place, which takes lines")
  func commentsInBrackets() throws {
    try expect(
      """
      a: [x, # first
          y,
          # of the last
          z
          # at the end
         ] # behind
      b: { # of c
        c: 1 }
      """,
      becomes: """
        a: # behind
          - x # first
          - y
          # of the last
          - z
          # at the end
        b:
          # of c
          c: 1

        """
    )
  }

  @Test("comments stay with what they are about")
  func comments() throws {
    try expect(
      """
      nines: v1
      # of indicators
      indicators:   # behind
            # of a
          a:
             good: x  # the good

             # at the end of a
          # at the end of indicators
      # of objectives
      objectives:
        - # of an item
          b: 1
        # last

      # the end
      """,
      becomes: """
        nines: v1
        # of indicators
        indicators: # behind
          # of a
          a:
            good: x # the good

            # at the end of a
          # at the end of indicators
        # of objectives
        objectives:
          # of an item
          - b: 1
          # last

        # the end

        """
    )
  }

  @Test("single quotes, unless double ones are needed or save an apostrophe; plain text stays plain")
  func quotes() throws {
    try expect(
      #"""
      a: "x"
      b: "it's"
      c: 'it''s'
      d: "tab\t"
      e: 'say "it''s"'
      f: "say \"x\""
      g: 'plain'
      "h": true
      """#,
      becomes: #"""
        a: 'x'
        b: "it's"
        c: "it's"
        d: "tab\t"
        e: 'say "it''s"'
        f: "say \"x\""
        g: 'plain'
        'h': true

        """#
    )
  }

  @Test("texts of several lines keep their lines")
  func multipleLines() throws {
    try expect(
      """
      a: some words
           and more

           after a blank line
      b: |
             kept
               deeper

             end
      c:    >2-
          folded
           deeper
      d: "one
            two"
      e: |+
          all

      f: |   # a comment
       x
      """,
      becomes: """
        a: some words
          and more

          after a blank line
        b: |
          kept
            deeper

          end
        c: >2-
            folded
             deeper
        d: 'one
          two'
        e: |+
          all

        f: |- # a comment
          x

        """
    )
  }

  @Test("documents keep their marks, tags, anchors and merge keys")
  func documents() throws {
    try expect(
      """
      # of the file
      %YAML 1.1
      ---   # first
      base: &base {a: 1}
      other:
        <<:   *base
        b: !!str   2
      ...
      ---
      - &x
        a: 1
      -   *x
      """,
      becomes: """
        # of the file
        %YAML 1.1
        --- # first
        base: &base { a: 1 }
        other:
          <<: *base
          b: !!str 2
        ...
        ---
        - &x
          a: 1
        - *x

        """
    )
  }

  @Test("line ends stay those of the file")
  func lineEnds() throws {
    #expect(
      try FormattedText("a:\r\n    b: 1\r\n\r\n\r\nc: |\r\n   x\r\n").text == "a:\r\n  b: 1\r\n\r\nc: |\r\n  x\r\n"
    )
  }

  @Test("what is no YAML is left alone", arguments: ["a: [1", "a: b: c", "a: 1\na: 2", "\ta: 1", "a: *b"])
  func unreadable(_ text: String) {
    let file = SourceFile(id: FileID(0), path: "specs/a.yaml", text: text)
    guard case .unreadable(let bag) = SpecFormatter.format(file, isSettings: false) else {
      Issue.record("\(text) is laid out")
      return
    }
    #expect(bag.hasErrors)
  }

  @Test("a file without anything stays without anything", arguments: ["", "\n\n", "# only a comment\n"])
  func empty(_ text: String) throws {
    #expect(try FormattedText(text).text == text.drop { $0 == "\n" })
  }
}
