"""简体中文：分期、过渡期、事件之间的先后。"""

# ruff: noqa: E501

CATALOGUE: dict[str, str] = {
    "what lies within {days} days of {date} is left out, and around the other dates tried": "{date} 前后 {days} 天以内的材料不计；试验其他日期时也是如此",
    "phase_sets gives each set a name": "phase_sets 要给每一组阶段一个名称",
    "write 'phase_sets: {{narrow: [P1, P2], wide: [early, late]}}'": "请写成 'phase_sets: {{narrow: [P1, P2], wide: [early, late]}}'",
    "the set '{set}' names '{phase}', which is no phase of the study": "阶段组“{set}”里写了“{phase}”，研究中没有这个阶段",
    "the days of transition leave the phase {id} no day of its own": "过渡期占去了阶段 {id} 的每一天",
    "fewer transition_days, or a longer phase": "请减少 transition_days，或延长这个阶段",
    "the phase {id} is in no set of phases: nothing is placed in it": "阶段 {id} 不在任何一组阶段里：没有材料归入其中",
}
NOUNS: dict[str, str] = {"sets of phases": "阶段组"}
