/* What set-up says of devices and sites, in words. */
#pragma once

#include "limber-kind.h"

G_BEGIN_DECLS

const char *limber_setup_class_words (LimberClass klass);
const char *limber_setup_class_what  (LimberClass klass);

G_END_DECLS
