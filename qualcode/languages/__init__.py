"""One catalogue per language, each a dict `CATALOGUE` {English template: template in that language}."""
