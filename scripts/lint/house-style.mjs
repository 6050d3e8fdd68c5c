/** Rules of the house that no published linter has. */

/** British spellings, as regular expressions. "labelled" is a name of the lab. */
const british = [
  '\\b(?:behavi|col|fav|hon|lab|neighb|rum|harb)ours?',
  '\\b(?:author|character|custom|emphas|final|initial|items|local|minim|maxim|normal|optim|organ|priorit|real|recogn|serial|special|standard|summar|synchron|synthes|token|util|visual)is(?:e|ed|es|ing|ation|ations|er|ers)\\b',
  '\\banalys(?:e|ed|es|ing)\\b',
  '\\bcentres?\\b',
  '\\b(?:cancel|model|travel|signal|marshal)l(?:ed|ing)\\b',
  '\\b(?:artefacts?|whilst|amongst|learnt|grey|licence|defence|catalogues?|fulfil)\\b',
];
const pattern = new RegExp(british.join('|'), 'iu');

const americanSpelling = {
  meta: { type: 'suggestion' },
  create(context) {
    const check = (node, text) => {
      const found = pattern.exec(text);
      if (found) {
        context.report({ node, message: `"${found[0]}" is British: write American English.` });
      }
    };
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          check(comment, comment.value);
        }
      },
      Identifier: (node) => check(node, node.name.replaceAll(/([a-z])([A-Z])/g, '$1 $2')),
      Literal: (node) => typeof node.value === 'string' && check(node, node.value),
      TemplateElement: (node) => check(node, node.value.raw),
    };
  },
};

const privateKeyword = {
  meta: { type: 'suggestion' },
  create(context) {
    return {
      PrivateIdentifier: (node) =>
        context.report({ node, message: `write "private ${node.name}" in place of "#${node.name}".` }),
    };
  },
};

export default {
  meta: { name: 'house-style' },
  rules: { 'american-spelling': americanSpelling, 'private-keyword': privateKeyword },
};
