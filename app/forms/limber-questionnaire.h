/* LimberQuestionnaire: a form that people answer, read from a FHIR R4 Questionnaire. It never changes once it is read.
 *
 * Of R4 it reads what a form needs that asks one thing after another: groups, displays and questions with their texts, bounds,
 * options, conditions and translations. What it reads but a public screen cannot show makes the form one for staff only.
 *
 * A form that asks nothing can be advice, for whoever wants to read it: groups, each a topic with a text of its own, and in each nothing but
 * displays, a few short sentences. A topic's `code` in LIMBER_DRAWINGS says what is drawn beside it. */
#pragma once

#include <jansson.h>

#include <glib.h>

G_BEGIN_DECLS

#define LIMBER_QUESTIONNAIRE_MAXIMUM (96 * 1024) /* bytes of JSON: a hundred sentences in six languages */
#define LIMBER_QUESTIONNAIRE_ITEMS 100
#define LIMBER_DRAWINGS "https://limber.example/drawings"

/* In the order of FHIR's item types; the last stands for those that only staff can answer. */
typedef enum {
  LIMBER_ITEM_GROUP,
  LIMBER_ITEM_DISPLAY,
  LIMBER_ITEM_BOOLEAN,
  LIMBER_ITEM_INTEGER,
  LIMBER_ITEM_CHOICE,
  LIMBER_ITEM_OTHER,
} LimberItemType;

typedef enum {
  LIMBER_CONDITION_EXISTS,
  LIMBER_CONDITION_EQUAL,
  LIMBER_CONDITION_UNEQUAL,
  LIMBER_CONDITION_GREATER,
  LIMBER_CONDITION_LESS,
  LIMBER_CONDITION_AT_LEAST,
  LIMBER_CONDITION_AT_MOST,
} LimberConditionOperator;

/* A text in the form's own language and others. */
typedef struct {
  char       *text;         /* (owned) */
  GHashTable *translations; /* (owned) (nullable): BCP 47 tag in small letters → text */
} LimberFormText;

/* When an item is asked: what the item @question, which stands before it, was answered with. */
typedef struct {
  guint                   question;
  LimberConditionOperator operator;
  int                     answer; /* as LimberResponse has it: a number, 0 or 1, or which option */
} LimberCondition;

typedef struct {
  char          *system; /* (owned) (nullable) */
  char          *code;   /* (owned) */
  gboolean       is_coded; /* valueCoding; else valueString, and @code is that text */
  LimberFormText text;
} LimberOption;

typedef struct {
  char          *link_id; /* (owned) */
  LimberItemType type;
  char          *type_name; /* (owned): as FHIR calls it */
  int            parent;    /* which item it stands in, -1 for none */
  LimberFormText text;
  LimberFormText brief;     /* what staff's lists say; its text may be NULL */
  LimberFormText help;      /* under the question; may be NULL */
  char          *drawing;   /* (owned) (nullable): the code in LIMBER_DRAWINGS */
  LimberFormText lower, upper; /* what the least and the greatest number mean; may be NULL */
  gboolean       required, repeats;
  gboolean       has_minimum, has_maximum;
  int            minimum, maximum;
  GPtrArray     *options;    /* (owned): LimberOption */
  GArray        *conditions; /* (owned): LimberCondition */
  gboolean       any;        /* one of the conditions is enough */
} LimberItem;

typedef struct {
  char          *url, *version; /* (owned) */
  char          *language;      /* (owned): of its own texts */
  LimberFormText title;
  GPtrArray     *items;         /* (owned): LimberItem, in the order in which they are asked */
  char          *unfit;         /* (owned) (nullable): why a public screen cannot ask it */
  gboolean       is_advice;     /* it asks nothing, and a public screen shows it to whoever wants to read it */
} LimberQuestionnaire;

LimberQuestionnaire *limber_questionnaire_parse (const char *text, gsize length, GError **error);
LimberQuestionnaire *limber_questionnaire_ref   (LimberQuestionnaire *form);
void                 limber_questionnaire_unref (LimberQuestionnaire *form);
const LimberItem    *limber_questionnaire_item  (const LimberQuestionnaire *form, guint item);
int                  limber_questionnaire_find  (const LimberQuestionnaire *form, const char *link_id);
gboolean             limber_item_is_question    (const LimberItem *item);
const LimberOption  *limber_item_option         (const LimberItem *item, int option);
const char          *limber_form_text_in        (const LimberFormText *text, const char *language);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberQuestionnaire, limber_questionnaire_unref)

G_END_DECLS
