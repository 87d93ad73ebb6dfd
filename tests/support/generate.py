"""Realistic bibliographies of any size, the same for the same seed: for benchmarks and big tests."""

import random

_GIVEN = r"Weilin Yuxiang J{\"o}rg Ma{\l}gorzata Jos{\'e} Zhen~Leng Ana Ji\v{r}\'i Noor Chloe".split()
_FAMILY = r"Zhao Huang M{\"u}ller Nov{\'a}k {van~den~Oord} Garc{\'\i}a Kim O'Neil Lee {\O}stby".split()
_WORDS = (
    "efficient language model decoding speculative tuning adapters quantization large sparse "
    r"attention memory systems learning compression {GPU} {\'e}tude na{\"\i}ve inference for with"
).split()


def bibliography(size: int, seed: int = 0) -> str:
    """BibTeX of `size` entries with accents, maths, months, files, and abstracts of 150 words."""
    chance = random.Random(seed)

    def words(count: int) -> str:
        return " ".join(chance.choices(_WORDS, k=count))

    def entry(number: int) -> str:
        people = " and ".join(
            f"{chance.choice(_FAMILY)}, {chance.choice(_GIVEN)}" for _ in range(chance.randint(1, 12))
        )
        year = chance.randint(1990, 2026)
        kind, venue = chance.choice([("article", "journal"), ("inproceedings", "booktitle")])
        return (
            f"@{kind}{{key{number},\n"
            f"  title = {{{words(9).capitalize()} at ${chance.randint(2, 9)}\\times$ {number}}},\n"
            f"  author = {{{people}}},\n"
            f"  {venue} = {{Proceedings of {words(3)} \\& {words(2)}}},\n"
            f"  year = {{{year}}},\n  month = {chance.choice(['jan', 'jun', 'oct'])},\n"
            f"  volume = {{{chance.randint(1, 40)}}},\n  pages = {{{number}--{number + 9}}},\n"
            f"  doi = {{10.1000/{number}}},\n  eprint = {{{year % 100:02}01.{number:05}}},\n"
            f"  archiveprefix = {{arXiv}},\n  code = {{https://example.org/{number}}},\n"
            f"  keywords = {{{words(1)}, {words(1)}}},\n  abstract = {{{words(150)}}},\n}}\n"
        )

    return "\n".join(entry(number) for number in range(size))
