// A number that the author answers for himself: <data value="eget">1 265</data>. His text, which can be edited; it is
// not laid beside the figures.

import { Mark } from "django-prose-editor/editor";
import { OWN } from "prose/figures";

export const OwnNumber = Mark.create({
  name: "ownNumber",
  inclusive: false,
  parseHTML: () => [{ tag: `data[value="${OWN}"]`, priority: 60 }],
  renderHTML: () => ["data", { value: OWN }, 0],
});
