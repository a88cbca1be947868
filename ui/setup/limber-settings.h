/* What a site can choose: each field of the kind `site` that people set, in words. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  LIMBER_SETTING_NAME,      /* a text */
  LIMBER_SETTING_NUMBER,
  LIMBER_SETTING_CHOICE,
  LIMBER_SETTING_SWITCH,    /* of a field that is a boolean */
  LIMBER_SETTING_CLOCK,     /* minutes after midnight, typed as 17:30 */
  LIMBER_SETTING_LANGUAGES,
} LimberSettingType;

/* One of a choice's answers. */
typedef struct {
  const char *value; /* (nullable): %NULL for nothing */
  const char *words; /* to be translated */
} LimberSettingChoice;

/**
 * LimberSetting:
 * @group: under which heading it stands, to be translated
 * @field: of the kind `site`
 * @title: to be translated
 * @what: what it does, to be translated
 * @low: of a number
 * @high: of a number
 * @usual: of a number: what counts where nothing is said
 * @choices: (nullable): ended by one without words
 */
typedef struct {
  const char                *group, *field;
  LimberSettingType          type;
  const char                *title, *what;
  int                        low, high, usual;
  const LimberSettingChoice *choices;
} LimberSetting;

const LimberSetting *limber_settings_at        (guint i);
const char          *limber_settings_language  (guint i);
const char          *limber_settings_language_words (const char *code);

G_END_DECLS
