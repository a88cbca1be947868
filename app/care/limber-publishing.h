/* Publishing: which forms the service asks, and of whom. */
#pragma once

#include "limber-questionnaire.h"
#include "limber-transaction.h"

G_BEGIN_DECLS

/**
 * LimberPublishing:
 * @text: a FHIR R4 Questionnaire as JSON
 * @due_days: how many days an answer stands for; 0 for every visit
 * @types: (nullable): of which appointments, by semicolons; %NULL for all
 * @sites: (nullable): at which sites, their codes by semicolons; %NULL for all
 *
 * What is to be published.
 */
typedef struct {
  const char *text;
  gsize       length;
  gint64      due_days;
  const char *types;
  const char *sites;
} LimberPublishing;

LimberQuestionnaire *limber_form_publish (LimberTransaction *transaction, const LimberPublishing *what, const LimberAuthor *author, LimberId *id, GError **error);
gboolean             limber_form_retire  (LimberTransaction *transaction, const LimberId *id, const LimberAuthor *author, GError **error);

G_END_DECLS
