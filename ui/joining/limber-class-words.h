/* What a class of device is called, and what it is for. */
#pragma once

#include "limber-kind.h"

G_BEGIN_DECLS

const char *limber_class_words (LimberClass klass);
const char *limber_class_what  (LimberClass klass);

G_END_DECLS
