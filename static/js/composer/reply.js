// Points out sensitive words in a reply while it is written.

import { pointOut } from "./sensitive.js";

for (const form of document.querySelectorAll("[data-sensitive-form]")) pointOut(form);
